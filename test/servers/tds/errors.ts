/** Which errors does SQL Server raise, in which words? (sys.messages, as documented) */

/** An error as it travels in an ERROR token. */
export class SqlError extends Error {
  readonly number: number
  /** Severity; from 20 on the server ends the connection. */
  readonly class: number
  readonly state: number

  constructor(number: number, message: string, severity = 16, state = 1) {
    super(message)
    this.number = number
    this.class = severity
    this.state = state
  }
}

export const errors = {
  syntax: (near: string) => new SqlError(102, `Incorrect syntax near '${near}'.`, 15),
  unknownSetting: (name: string) => new SqlError(195, `'${name}' is not a recognized SET option.`, 15),
  unknownFunction: (name: string) => new SqlError(195, `'${name}' is not a recognized built-in function name.`, 15, 10),
  unknownColumn: (name: string) => new SqlError(207, `Invalid column name '${name}'.`),
  unknownTable: (name: string) => new SqlError(208, `Invalid object name '${name}'.`),
  unknownProcedure: (name: string) => new SqlError(2812, `Could not find stored procedure '${name}'.`, 16, 62),
  undeclared: (name: string) => new SqlError(137, `Must declare the scalar variable "${name}".`, 15, 2),
  notSupplied: (name: string) => new SqlError(8178, `The parameterized query expects the parameter '${name}', which was not supplied.`, 16),
  notGrouped: (name: string) =>
    new SqlError(
      8120,
      `Column '${name}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.`,
    ),
  conversion: (from: string, to: string) => new SqlError(8114, `Error converting data type ${from} to ${to}.`, 16, 5),
  overflow: (to: string) => new SqlError(8115, `Arithmetic overflow error converting expression to data type ${to}.`, 16, 2),
  badNumber: (value: string, from: string, to: string) =>
    new SqlError(245, `Conversion failed when converting the ${from} value '${value}' to data type ${to}.`),
  badDate: () => new SqlError(241, 'Conversion failed when converting date and/or time from character string.'),
  dateOutOfRange: () =>
    new SqlError(242, 'The conversion of a nvarchar data type to a datetime data type resulted in an out-of-range value.', 16, 3),
  badGuid: () => new SqlError(8169, 'Conversion failed when converting from a character string to uniqueidentifier.', 16, 2),
  noConversion: (from: string, to: string) =>
    new SqlError(529, `Explicit conversion from data type ${from} to ${to} is not allowed.`, 16, 2),
  clash: (a: string, b: string) => new SqlError(206, `Operand type clash: ${a} is incompatible with ${b}`, 16, 2),
  columnDenied: (column: string, table: string, database: string) =>
    new SqlError(
      230,
      `The SELECT permission was denied on the column '${column}' of the object '${table}', database '${database}', schema 'dbo'.`,
      14,
    ),
  tableDenied: (table: string) =>
    new SqlError(229, `The SELECT permission was denied on the object '${table}', database 'Stadt', schema 'dbo'.`, 14, 5),
  undescribed: () =>
    new SqlError(
      11_529,
      'The metadata could not be determined because every code path results in an error; see previous errors for some of these.',
    ),
  tooManyParameters: () =>
    new SqlError(
      8003,
      'The incoming request has too many parameters. The server supports a maximum of 2100 parameters. Reduce the number of parameters and resend the request.',
    ),
  noHandle: (handle: number) => new SqlError(8179, `Could not find prepared statement with handle ${handle}.`, 16, 2),
  loginFailed: (user: string) => new SqlError(18_456, `Login failed for user '${user}'.`, 14),
  noDatabase: (name: string) => new SqlError(4060, `Cannot open database "${name}" requested by the login. The login failed.`, 11),
  deadlock: () =>
    new SqlError(
      1205,
      'Transaction (Process ID 51) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
      13,
      51,
    ),
  lockTimeout: () => new SqlError(1222, 'Lock request time out period exceeded.', 16, 51),
  killed: () => new SqlError(596, 'Cannot continue the execution because the session is in the kill state.', 21),
  divideByZero: () => new SqlError(8134, 'Divide by zero error encountered.'),
  invalidGeometry: () =>
    new SqlError(
      6522,
      'A .NET Framework error occurred during execution of user-defined routine or aggregate "geometry": System.ArgumentException: 24144: This operation cannot be completed because the instance is not valid.',
    ),
} as const
