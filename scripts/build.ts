import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';

// A piece that was deleted in src would still be loaded from dist.
rmSync('dist', { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
cpSync('src/languages', 'dist/src/languages', { recursive: true });
