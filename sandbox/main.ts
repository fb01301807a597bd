import { spawn } from 'node:child_process';
import { startDemo, type Demo } from './demo.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { createPageSite } from './web/page-site.ts';

async function main(): Promise<void> {
  // npm runs its scripts in the project's folder and tells from where it was called.
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  console.log(
    options.isExternal
      ? 'Starting a local Discord on this machine …'
      : 'Starting a local Discord and the bot on this machine; the first time takes a few seconds …',
  );
  const demo = await startDemo(options);
  try {
    const site = await createPageSite(demo);
    demo.sandbox.serve(site);
    console.log(greeting(demo, options));
    if (options.isOpened) openBrowser(demo.sandbox.url);
    await ended;
    console.log('\nStopping …');
    site.close();
  } finally {
    await demo.close();
  }
}

function greeting({ sandbox, bot, logFile }: Demo, { isExternal, stateFile, tokens }: Options): string {
  const what = isExternal
    ? 'a server, and you as whoever you choose. No bot is connected yet.'
    : 'a server, the bot in it, and you as whoever you choose.';
  const kept = stateFile === null ? 'nothing is kept' : `everything is kept in ${stateFile}`;
  const dashboard = bot?.dashboardUrl ?? null;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ...(dashboard === null ? [] : [['The dashboard', dashboard] as const]),
    ["Discord's API", sandbox.apiUrl],
    ...(logFile === null ? [] : [["The bot's log", logFile] as const]),
    ...(isExternal ? tokens.map((token) => ['A token', token] as const) : []),
  ];
  return `
Open ${sandbox.url} in a browser: ${what}
Nothing leaves this machine, and ${kept}.

${facts.map(([name, value]) => `  ${name.padEnd(16)}${value}`).join('\n')}

To stop: Ctrl+C.`;
}

/** Where there is none, the address above is enough. */
function openBrowser(url: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
