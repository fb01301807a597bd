// Plain JavaScript, for it is what lets a child process of the tests read TypeScript: `node --import` this file. It does what tsx
// does for a person in half the work: packages go past it, and what is compiled is kept for the next child.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/alphapy/compiled', import.meta.url));
const require = createRequire(import.meta.url);
/** Of a file: what it is compiled by, and how. */
const SALT =
  readFileSync(require.resolve('esbuild/package.json'), 'utf8') + readFileSync(import.meta.filename);

mkdirSync(CACHE, { recursive: true });

function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const kept = path.join(
    CACHE,
    `${createHash('sha256').update(SALT).update(file).update(source).digest('hex')}.js`,
  );
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = require('esbuild').transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node22',
      sourcemap: 'inline',
      sourcefile: file,
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    });
    // Another child may be at the same file: one under its final name is always whole.
    writeFileSync(`${kept}.${process.pid}`, code);
    renameSync(`${kept}.${process.pid}`, kept);
    return code;
  }
}

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
  },
});
