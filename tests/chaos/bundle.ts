import { cp } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PIECES = 'src/{commands,interaction-handlers,listeners,preconditions,scheduled-tasks}/**/*.ts';
/** Packages that are CommonJS inside ask for what an ES module lacks. */
const BANNER = `import { createRequire as _createRequire } from 'node:module';
const require = _createRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/**
 * Bundles the bot for the runs: pieces, migrations and languages where it looks for them, all else in a few files. A process
 * of it starts with a third of the work that one from source takes, and a run starts some ten.
 * @param program what runs it, a file of this folder without its ending.
 * @returns the program to run.
 */
export async function bundleBot(folder: string, program = 'bot-program'): Promise<string> {
  const found = (pattern: string, from: string): [string, string][] =>
    globSync(pattern, { cwd: ROOT }).map((file) => [path.relative(from, file).replace(/\.ts$/, ''), file]);
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries([
      ['bot-program', `tests/chaos/${program}.ts`],
      ...found(PIECES, 'src'),
      ...found('db/migrations/*.ts', 'db'),
    ]),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    conditions: ['source'],
    banner: { js: BANNER },
    logLevel: 'error',
    plugins: [
      {
        name: 'pglite-with-its-files',
        setup({ onResolve }) {
          onResolve({ filter: /^@electric-sql\/pglite/ }, ({ path: name }) => ({
            path: import.meta.resolve(name),
            external: true,
          }));
        },
      },
    ],
  });
  await cp(path.join(ROOT, 'src/languages'), path.join(folder, 'languages'), { recursive: true });
  return path.join(folder, 'bot-program.js');
}
