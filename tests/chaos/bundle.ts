import { cp, mkdir, writeFile } from 'node:fs/promises';
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
 * Bundles the bot for the runs: migrations and languages where it looks for them, and in place of each piece a line that hands
 * it out of one file. A process of it starts with a fifth of the work that one from source takes, and a run starts some ten.
 * @param program what runs it, a file of this folder without its ending.
 * @returns the program to run.
 */
export async function bundleBot(folder: string, program = 'bot-program'): Promise<string> {
  const pieces = globSync(PIECES, { cwd: ROOT });
  const migrations = globSync('db/migrations/*.ts', { cwd: ROOT });
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      'bot-program': `tests/chaos/${program}.ts`,
      pieces: 'pieces:all',
      ...Object.fromEntries(migrations.map((file) => [path.relative('db', withoutEnding(file)), file])),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    minifyWhitespace: true,
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
      {
        name: 'all-pieces-in-one-file',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^pieces:all$/ }, ({ path: name }) => ({ path: name, namespace: 'pieces' }));
          onLoad({ filter: /./, namespace: 'pieces' }, () => ({
            contents: pieces.map((file, index) => `export * as piece${index} from './${file}';`).join('\n'),
            resolveDir: ROOT,
            loader: 'ts',
          }));
        },
      },
    ],
  });
  // Without it Node.js reads each file twice, to find out what it is, and the bot has no version.
  await cp(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  for (const [index, file] of pieces.entries()) {
    const target = path.join(folder, `${path.relative('src', withoutEnding(file))}.cjs`);
    const all = path.relative(path.dirname(target), path.join(folder, 'pieces.js'));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, `module.exports = require('./${all}').piece${index};`);
  }
  await cp(path.join(ROOT, 'src/languages'), path.join(folder, 'languages'), { recursive: true });
  return path.join(folder, 'bot-program.js');
}

const withoutEnding = (file: string): string => file.replace(/\.ts$/, '');
