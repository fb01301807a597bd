import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { startDemo } from './demo.ts';
import { createPageSite } from './web/page-site.ts';

const USAGE = `npm run sandbox -- [--port N] [--open]

  --port   where the page is to be; a free one when left out
  --open   opens it in the browser`;

interface Options {
  readonly port: number;
  readonly open: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, open: { type: 'boolean', default: false } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(USAGE);
  return { port, open: values.open };
}

async function main(): Promise<void> {
  const { port, open } = readOptions();
  console.log('Starting a local Discord and the bot on this machine; the first time takes a few seconds …');
  const demo = await startDemo({ port });
  const site = await createPageSite(demo);
  demo.sandbox.serve(site);
  console.log(`
Open ${demo.sandbox.url} in a browser: a small server, the bot in it, and you as whoever you choose.
Nothing leaves this machine, and nothing is kept.

  Discord's API   ${demo.sandbox.apiUrl}
  The bot's log   ${demo.logFile}

To stop: Ctrl+C.`);
  if (open) openBrowser(demo.sandbox.url);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  console.log('\nStopping …');
  site.close();
  await demo.close();
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
