import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import { demoGuild } from '../../../sandbox/demo-guild.ts';
import type { PageHost } from '../../../sandbox/web/host.ts';
import { createPageSite } from '../../../sandbox/web/page-site.ts';
import { useBot, type World } from '../../setup/bot.ts';
import { chromiumPath, launchChromium } from '../../setup/chromium.ts';
import { bareHost } from '../../setup/page-host.ts';

/** Until what is looked for is there. */
const WAIT_MS = 20_000;
/** A browser takes its time on a busy machine. */
const TEST_TIMEOUT_MS = 60_000;

/** What needs a browser. Where there is none it shows as skipped, with the reason. */
export function describeInBrowser(name: string, tests: () => void): void {
  const reason = chromiumPath === undefined ? ' [needs Chromium: name it in $CHROMIUM]' : '';
  describe.runIf(chromiumPath !== undefined)(`${name}${reason}`, { timeout: TEST_TIMEOUT_MS }, () => {
    tests();
  });
}

export interface Windows {
  /** Opens the page as somebody, in a window of its own, 1280 by 800. */
  open(person: string, channel?: string): Promise<Page>;
  /** The log's tab. */
  openLog(): Promise<Page>;
}

/**
 * A browser that looks at the page of a local Discord. Nothing may go wrong in any window meanwhile: no error on its console,
 * no request to another address.
 * @param find gives the host of the page and the guild to look at; called before all tests.
 */
export function useWindows(find: () => { host: PageHost; guild: SandboxGuild }): () => Windows {
  let browser: Browser | undefined;
  let site: Awaited<ReturnType<typeof createPageSite>> | undefined;
  let windows: Windows | undefined;
  const wrong: string[] = [];

  beforeAll(async () => {
    const { host, guild } = find();
    const { sandbox } = host;
    site = await createPageSite(host);
    sandbox.serve(site);
    const started = await launchChromium();
    browser = started;
    const openAt = async (address: string): Promise<Page> => {
      const context = await started.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        timezoneId: 'Europe/Brussels',
      });
      watch(context, sandbox.url, wrong);
      const opened = await context.newPage();
      opened.setDefaultTimeout(WAIT_MS);
      await opened.goto(`${sandbox.url}${address}`);
      return opened;
    };
    windows = {
      async open(person, channel = 'general') {
        const opened = await openAt(`/#${guild.id}/${guild.member(person).id}/${guild.channel(channel).id}`);
        await opened.getByRole('heading', { name: `# ${channel}` }).waitFor();
        return opened;
      },
      openLog: () => openAt('/log'),
    };
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    expect(wrong).toEqual([]);
  });
  return () => {
    if (windows === undefined) throw new Error('windows are there in tests and hooks only');
    return windows;
  };
}

export interface PageWorld extends World, Windows {
  readonly guild: SandboxGuild;
}

/** The real bot, the local Discord with the demo server, and a browser that looks at its page. */
export function usePage(): () => PageWorld {
  const world = useBot();
  let guild: SandboxGuild | undefined;
  const windows = useWindows(() => {
    const { sandbox, clock, advance } = world();
    guild = sandbox.createGuild(demoGuild(['Alphapy']));
    return { host: bareHost(sandbox, clock, advance), guild };
  });
  return () => Object.assign(Object.create(world()) as World, windows(), { guild: guild as SandboxGuild });
}

function watch(context: BrowserContext, home: string, wrong: string[]): void {
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => wrong.push(`error: ${error.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${home}/`) && !url.startsWith('data:') && !url.startsWith('blob:'))
      wrong.push(`asked for ${url}`);
  });
}
