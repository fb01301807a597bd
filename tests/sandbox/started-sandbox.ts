import { runChild, type Child } from '../setup/child.ts';

export interface StartedSandbox {
  readonly child: Child;
  /** Of the page. */
  readonly url: string;
}

/** Starts the sandbox as a person does, and waits until its page is there. @throws with its words when it ends before. */
export async function startFromCommandLine(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<StartedSandbox> {
  const child = runChild('sandbox/main.ts', args, env);
  for (;;) {
    const [, url] = /^Open (\S+) in a browser/.exec(await child.nextLine()) ?? [];
    if (url !== undefined) return { child, url };
  }
}

/** Ends it as Ctrl+C does. @returns its exit code. */
export async function stop({ child }: StartedSandbox): Promise<number | null> {
  child.process.kill('SIGINT');
  return (await child.finish()).code;
}
