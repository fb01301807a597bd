import { configDefaults, defineConfig } from 'vitest/config';

/** What measures or races against the clock has the machine to itself, one file after the other. */
const TIMED = [
  'tests/chaos/**/*.test.ts',
  'tests/lib/tasks/**/*.test.ts',
  'tests/lib/database/**/*.test.ts',
  'tests/sandbox/page/**/*.test.ts',
];

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    globalSetup: ['tests/setup/global.ts'],
    // Sapphire's container is global: each file gets its own process.
    pool: 'forks',
    // Pieces are imported by @sapphire/pieces; inlined, vitest transforms their decorators.
    server: { deps: { inline: [/@sapphire\//] } },
    // What is waited for comes when it comes; one second is too little on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 15_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'at-once',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...TIMED],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
