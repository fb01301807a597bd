// Plain JavaScript that an old Node understands as well: it has to be able to say that it is too old.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
const [wantedMajor, wantedMinor] = engines.node.replace('>=', '').split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(
    `Alphapy needs Node ${wantedMajor}.${wantedMinor} or newer, and this is ${process.versions.node}. Run "npm ci" and then "npm start": that brings a Node of its own. Or install a newer one.`,
  );
  process.exit(1);
}

/** The newest change of any file below these, as ms. */
function newestChange(paths) {
  const times = paths.map((path) => {
    const status = statSync(path);
    if (!status.isDirectory()) return status.mtimeMs;
    return newestChange(readdirSync(path).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}

const entry = 'dist/src/main.js';
const sources = ['src', 'db', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
if (!existsSync(entry) || newestChange(sources) > statSync(entry).mtimeMs) {
  if (!existsSync('node_modules/.bin/tsc')) {
    console.error(
      'Alphapy is not built yet, and the compiler is not installed. Run "npm ci" first, then start again.',
    );
    process.exit(1);
  }
  console.error('Building …');
  try {
    execFileSync(process.execPath, ['scripts/build.ts'], {
      stdio: 'inherit',
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}` },
    });
  } catch {
    console.error(
      'Alphapy could not be built; the reason is above. If it is a permission, run "npm run build" as the owner of these files.',
    );
    process.exit(1);
  }
}

// npm runs a script through a shell, which dies of a signal without passing it on; then this process has lost its parent.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

await import(pathToFileURL(join(root, entry)).href);
