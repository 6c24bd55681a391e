/** Jest as ES modules; SWC only strips the types. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  // Two suites at a time: more would only make the servers on a small machine wait for each other.
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/support/servers.ts',
  globalTeardown: '<rootDir>/test/support/servers-end.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
  testTimeout: process.env.CI === 'true' ? 90_000 : 30_000,
}
