/** What does the contract of connectors promise? In words, for the suite and for the documentation. */

/** The promises of the contract, each in a sentence. A key of `cannot` is one of these; its value says why not. */
export const promises = {
  capabilities: 'can do everything it says it can',
  closed: 'answers with the fields asked for, and never names or shows a closed column',
  operators: 'filters as a plain reading of the words does, in every combination',
  textOrder: 'compares texts in one order, whatever that order is',
  nullLogic: 'takes a comparison with a missing value as unknown, also under not',
  textExact: 'compares texts character by character and takes wildcards, quotes and 4-byte characters as themselves',
  geoFilters: 'finds what touches a box, an area or a circle',
  types: 'hands every type through with every digit',
  geometry: 'serves geometry as GeoJSON in WGS 84, within a centimetre, outer rings anticlockwise',
  order: 'orders by any sortable column, up and down, missing values first or last',
  paging: 'shows every row exactly once, whatever the size of a page',
  keyedCounts: 'finds the rows of 0 to 2,101 keys and leaves out those that are not there',
  keyedComposite: 'takes keys of several columns',
  keyedPerKey: 'gives each key as many rows as asked, from the same place in the order, and not one more',
  keyedBatch: 'asks for many keys at once, not one by one',
  keyedWhere: 'keeps a filter for every key',
  aggregate: 'counts, sums and groups exactly',
  cancelBefore: 'asks nothing when nobody waits any longer',
  cancelDuring: 'stops waiting when the caller leaves, and answers the next one rightly',
  cancelSilent: 'stops waiting for a source that never answers when the caller leaves',
  deadline: 'gives up at the deadline',
  instances: 'never mixes two sources of one kind up',
  limitRows: 'never returns more rows than the limit',
  limitBytes: 'stops reading an answer that is larger than the limit',
  drift: 'says that the source has changed when a column is gone, names none, and goes on with the others',
  reading: 'only reads',
  streamWhole: 'streams every row of a dataset exactly once, with the cells that it reads',
  streamRowRule: 'streams what the row rule and a filter let out, and nothing else',
  streamPace: 'hands a stream over in batches of at most 1,000 rows, and fetches none before its reader asks',
  streamLeaving: 'ends a stream at once when its reader leaves, and answers the next one rightly',
  streamFailure: 'fails at the reader when a stream cannot go on, and never ends it as if that were all',
  resources: 'holds nothing after many mixed requests, and fails kindly once closed',
  repeat: 'answers the same question twice alike',
} as const

/** How a source can misbehave, in words for people. */
export const faultWords = {
  refuse: 'nobody listens',
  drop: 'the connection breaks in the middle of the answer',
  login: 'the login is refused',
  garbage: 'bytes that mean nothing',
  html: 'an HTML page with status 200',
  truncated: 'an answer that stops half-way',
  errorWith200: 'an error with status 200',
  redirect: 'a redirect to another host',
  silent: 'no answer at all',
} as const

export type PromiseName = keyof typeof promises | `fault.${keyof typeof faultWords}`
