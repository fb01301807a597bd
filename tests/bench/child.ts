import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A process under measurement. */
export interface MeasuredChild {
  readonly process: ChildProcess;
  /** From the start of the process until it was ready, in ms. */
  readonly readyMs: number;
  /** Resident memory, in MB. */
  memoryMb(): number;
  end(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Starts a program of this folder and waits until it says that it is ready. @throws when it ends before. */
export async function startChild(
  program: 'bot-program' | 'bare-program' | 'bare-http-program',
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<MeasuredChild> {
  const begun = performance.now();
  const child = fork(fileURLToPath(new URL(`./${program}.ts`, import.meta.url)), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
    // The first lets Sapphire see that it may load TypeScript.
    execArgv: ['--require', 'tsx/preflight', '--import', 'tsx', '--conditions=source'],
  });
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error(`${program} ended`)));
  ended.catch(() => undefined);
  await Promise.race([once(child, 'message', { signal }), ended]);
  return {
    process: child,
    readyMs: performance.now() - begun,
    memoryMb() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
