import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const PIECE_FOLDERS = [
  'commands',
  'interaction-handlers',
  'listeners',
  'preconditions',
  'scheduled-tasks',
  'routes',
  'middlewares',
];
/** What several features stand on; any other folder of src/lib is a feature. */
const SHARED = [
  'access',
  'database',
  'discord',
  'errors',
  'http',
  'i18n',
  'limits',
  'log-channel',
  'logging',
  'pictures',
  'settings',
  'tasks',
  'text',
  'time',
  'ui',
];
const PIECE_LINES_MAX = 100;

const files = globSync(['src/**/*.ts', 'db/**/*.ts'], { cwd: ROOT }).sort();
const sourceOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Every import and re-export, of types too; files of this project as paths from its root, packages by their names. */
const IMPORT = /^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
const imports = files.flatMap((from) =>
  [...sourceOf(from).matchAll(IMPORT)].map(([, fixed, dynamic = '']) => ({
    from,
    to: resolve(from, fixed ?? dynamic),
  })),
);

function resolve(from: string, to: string): string {
  if (to.startsWith('.')) return path.join(path.dirname(from), to);
  return to.replace(/^#lib\/(.*)/, 'src/lib/$1.ts').replace(/^#db\/(.*)/, 'db/$1.ts');
}

const isIn = (file: string, ...folders: string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));
const isPiece = (file: string): boolean => isIn(file, ...PIECE_FOLDERS.map((folder) => `src/${folder}`));
const partOf = (file: string): string | undefined => /^src\/lib\/([^/]+)\//.exec(file)?.[1];
const isFeature = (file: string): boolean => {
  const part = partOf(file);
  return part !== undefined && !SHARED.includes(part);
};

/** The imports that a rule forbids, one a line. */
const forbidden = (rule: (from: string, to: string) => boolean): string[] =>
  imports.filter(({ from, to }) => rule(from, to)).map(({ from, to }) => `${from} imports ${to}`);

test('this file reads the imports of the whole project', () => {
  expect(imports).toContainEqual({ from: 'src/main.ts', to: 'src/start.ts' });
  expect(imports).toContainEqual({ from: 'src/client.ts', to: 'src/lib/i18n/options.ts' });
  const unknown = imports.filter(
    ({ to }) => isIn(to, 'src', 'db') && to.endsWith('.ts') && !files.includes(to),
  );
  expect(unknown).toEqual([]);
});

describe('what may import what', () => {
  test('nothing imports a piece', () => {
    expect(forbidden((_from, to) => isPiece(to))).toEqual([]);
  });

  test('src and db import neither the sandbox nor tests', () => {
    expect(forbidden((_from, to) => isIn(to, 'sandbox', 'tests', 'scripts'))).toEqual([]);
  });

  test('lib imports nothing else of src but the shapes of the languages', () => {
    expect(
      forbidden(
        (from, to) => isIn(from, 'src/lib') && isIn(to, 'src') && !isIn(to, 'src/lib', 'src/languages'),
      ),
    ).toEqual([]);
  });

  test('the shared parts of lib import no feature', () => {
    expect(forbidden((from, to) => isIn(from, 'src/lib') && !isFeature(from) && isFeature(to))).toEqual([]);
  });

  test('pieces import lib, and nothing else of src', () => {
    expect(forbidden((from, to) => isPiece(from) && isIn(to, 'src') && !isIn(to, 'src/lib'))).toEqual([]);
  });

  test('migrations import nothing of ours', () => {
    expect(forbidden((from, to) => isIn(from, 'db/migrations') && isIn(to, 'src', 'db'))).toEqual([]);
  });
});

test('only src/config.ts reads the environment', () => {
  const readers = files.filter(
    (file) => isIn(file, 'src') && /\bprocess\.env\b|\bloadEnvFile\b/.test(sourceOf(file)),
  );
  expect(readers).toEqual(['src/config.ts']);
});

test(`a piece has at most ${PIECE_LINES_MAX} lines`, () => {
  const lengths = files
    .filter(isPiece)
    .map((file) => ({ file, lines: sourceOf(file).trimEnd().split('\n').length }));
  expect(lengths.filter(({ lines }) => lines > PIECE_LINES_MAX)).toEqual([]);
  expect(lengths.length).toBeGreaterThan(0);
});

test('src holds only the folders that are known, so that no piece lies where no store looks', () => {
  const known = [...PIECE_FOLDERS, 'languages', 'lib', 'setup'];
  const folders = files.flatMap((file) => /^src\/([^/]+)\//.exec(file)?.[1] ?? []);
  expect([...new Set(folders)].filter((folder) => !known.includes(folder))).toEqual([]);
});
