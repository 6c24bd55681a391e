/** Jest as ES modules; SWC only strips the types. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  // Suites spend a third of their time waiting for servers that are slow on purpose: three at a time keep two cores busy.
  maxWorkers: 3,
  globalSetup: '<rootDir>/test/support/servers.ts',
  globalTeardown: '<rootDir>/test/support/servers-end.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
  testTimeout: process.env.CI === 'true' ? 90_000 : 30_000,
}
