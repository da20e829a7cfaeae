/** Two kinds of tests: those that need nothing, and those on the running stack (PostgreSQL, Temporal, API, worker, sandbox), started once for all of them. */
const shared = {
  extensionsToTreatAsEsm: [],
  testEnvironment: 'node',
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // Packages that are ES modules only, and pass through Jest's own loader.
  transformIgnorePatterns: [
    '/node_modules/(?!(cookie|content-disposition|@noble|safe-stable-stringify|n2words|oxc-parser|@oxc-project)/)',
  ],
};

export default {
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: 'alone',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.integration\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'stack',
      testMatch: ['<rootDir>/test/**/*.integration.test.ts'],
      globalSetup: '<rootDir>/test/start-stack.mjs',
      globalTeardown: '<rootDir>/test/stop-stack.mjs',
    },
  ],
};
