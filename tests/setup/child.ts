import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly process: ChildProcess;
  /** The next line that it prints. @throws when it ends without one; the message holds what it wrote to standard error. */
  nextLine(): Promise<string>;
  /** Ends it, at once and without a chance to tidy up. */
  kill(): Promise<void>;
  /** Waits for its end by itself. @returns its exit code and all that it has printed. */
  finish(): Promise<{ code: number | null; output: string; errors: string }>;
}

/** How the scripts of package.json run TypeScript. The first lets Sapphire see that it may load it. */
export const TSX = ['--require', 'tsx/preflight', '--import', 'tsx'];
/** The same in half the time; Sapphire sees from the environment that these are tests. */
const QUICK = ['--import', new URL('typescript.mjs', import.meta.url).href];

/** Runs a TypeScript file of this project in a process of its own. The path is relative to the project. */
export function runChild(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  runner: readonly string[] = QUICK,
): Child {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, [...runner, '--conditions=source', file, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const lines: string[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  let read = 0;
  return {
    process: child,
    async nextLine() {
      while (lines.length <= read) {
        await Promise.race([once(reader, 'line'), ended]);
        if (child.exitCode !== null && lines.length <= read) throw new Error(`${file} ended: ${errors}`);
      }
      return lines[read++] ?? '';
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async finish() {
      await ended;
      return { code: child.exitCode, output: lines.join('\n'), errors };
    },
  };
}
