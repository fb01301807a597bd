import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

/** What measures how long something takes has the machine to itself, one file after the other. */
const TIMED = [
  'tests/lib/announcements/read.test.ts',
  'tests/lib/database/pglite-pool.test.ts',
  'tests/lib/reminders/pace.test.ts',
  'tests/lib/tasks/**/*.test.ts',
  'tests/sandbox/page/many-messages.test.ts',
];
/** What starts processes or browsers of its own, and races against their clocks, comes when nothing else runs. */
const HEAVY = [
  'tests/chaos/**/*.test.ts',
  'tests/dashboard/**/*.test.ts',
  'tests/lib/database/**/*.test.ts',
  'tests/sandbox/page/**/*.test.ts',
];

const EVERY = 'tests/**/*.test.ts';
/** What replaces modules, adds a piece, or starts two bots at once and so takes all modules anew, gets a process of its own. */
const APART = globSync(EVERY, { cwd: import.meta.dirname }).filter((file) =>
  /vi\.(?:mock|resetModules)\(|startAnother\(|addAskCommand\(|loadProbe\b|\.loadPiece\(/.test(
    readFileSync(`${import.meta.dirname}/${file}`, 'utf8'),
  ),
);

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    globalSetup: ['tests/setup/global.ts'],
    pool: 'forks',
    // As the bot has it on its embedded database (src/lib/database/embedded.ts): each process saves a second and 600 MB.
    execArgv: ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'],
    // Pieces are imported by @sapphire/pieces; inlined, vitest transforms their decorators.
    server: { deps: { inline: [/@sapphire\//] } },
    // What is waited for comes when it comes; one second is too little on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [EVERY],
          exclude: [...configDefaults.exclude, ...TIMED, ...HEAVY, ...APART],
          // Half of the work of most files is to import what they test; three processes do it once each, and one of three waits.
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: APART,
          exclude: [...configDefaults.exclude, ...TIMED, ...HEAVY],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'heavy',
          include: HEAVY,
          exclude: [...configDefaults.exclude, ...TIMED],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'timed', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
