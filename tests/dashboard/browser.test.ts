import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantFullTown, sessionCookie, type FullTown, type Wording } from '../journeys/http/full-town.ts';
import { botHears } from '../journeys/town.ts';
import { useBot } from '../setup/bot.ts';
import { chromiumPath, launchChromium } from '../setup/chromium.ts';
import { HTTP } from '../setup/http.ts';

/** What would run, load or stand in a page in place of text, whatever it is put into. */
const HOSTILE = `</title></textarea>'"><x-y><img src=//x.invalid onerror=alert(1)><script>alert(2)</script>`;
const HOSTILE_SHORT = `'"><x-y><img src=x onerror=alert(1)>`;
/** Searches that find an entry are not shown, and an entry of the same words would be found. */
const SEARCHED = `'"><b-c>`;
const THEIRS = 'img, script, x-y, b-c, [onerror], a[href^="javascript:"]';
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Of those what depends on colours and width; the others say the same of a page in every look. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'target-size'];
const reason = chromiumPath === undefined ? ' [needs Chromium: name it in $CHROMIUM]' : '';

describe.runIf(chromiumPath !== undefined)(`the dashboard in a browser${reason}`, { timeout: 60_000 }, () => {
  const world = useBot({ config: { http: { ...HTTP, discordClientSecret: 'sandbox-client-secret' } } });
  let browser: Browser;
  let town: FullTown;
  /** What was written into the town, by what it is. */
  const written = new Map<string, string>();
  const wrong: string[] = [];

  const hostile: Wording = (what, most = 100) => {
    const isSearch = what === 'parking lot' || what === 'snowplough';
    const whole = `${isSearch ? SEARCHED : HOSTILE}${what}`;
    const text = whole.length > most ? `${HOSTILE_SHORT}${what}` : whole;
    written.set(what, text);
    return text;
  };

  beforeAll(async () => {
    [town, browser] = await Promise.all([plantFullTown(world(), hostile), launchChromium()]);
    town.guild.createChannel({ name: 'bot-log' });
    await botHears(world(), town.guild);
  });
  afterAll(async () => {
    await browser?.close();
  });

  const home = (): string => `http://localhost:${world().bot.http?.port}`;
  const guildPath = (): string => `/guilds/${town.guild.id}`;

  /** A browser that may ask nothing of another address, and in which no script may run that a page brings. */
  async function open(options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
    const known = [home(), world().sandbox.url];
    context.on('dialog', (dialog) => wrong.push(`a script ran: ${dialog.message()}`));
    context.on('request', (request) => {
      if (!known.some((one) => request.url().startsWith(`${one}/`))) wrong.push(`asked for ${request.url()}`);
    });
    return context;
  }

  /** The browser of an admin who is signed in, and called what they like. */
  async function openSignedIn(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const context = await open(options);
    const cookie = await sessionCookie(world(), town, town.olivia, hostile('user'));
    await context.addCookies([{ ...cookie, url: home() }]);
    return context.newPage();
  }

  test('an admin signs in, changes a setting, and /config shows it, all without JavaScript', async () => {
    const page = await (await open({ javaScriptEnabled: false })).newPage();
    await page.goto(home());
    await page.getByRole('link', { name: 'Sign in with Discord' }).first().click();
    await page
      .getByRole('button', { name: /^olivia\b/ })
      .first()
      .click();
    await page.getByRole('link', { name: town.guild.record.name }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    const setting = page.locator('form').filter({ has: page.getByLabel('Log channel', { exact: true }) });
    await setting.getByLabel('Log channel', { exact: true }).selectOption({ label: '#bot-log' });
    await setting.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').first().waitFor();
    expect((await town.olivia.runs('/config show')).text).toContain('bot-log');
    await page.context().close();
  });

  test('on every page what people wrote is text, and nothing is in the way of anybody, wide and light or narrow and dark', async () => {
    // Without the policy, so that a page is sound by itself and not because the browser was told to mind.
    const page = await openSignedIn({ bypassCSP: true });
    await page.addInitScript(axe.source);
    const judge = async (path: string, runOnly: readonly string[], atLeast: number): Promise<void> => {
      const { violations, passes } = await page.evaluate<axe.AxeResults>(
        `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`,
      );
      expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
      expect(passes.length).toBeGreaterThanOrEqual(atLeast);
      const isWhole = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
      expect([path, page.viewportSize()?.width, isWhole]).toEqual([path, page.viewportSize()?.width, true]);
    };
    let read = '';
    for (const path of ['/', ...[...town.pages, '/nowhere'].map((one) => guildPath() + one)]) {
      await page.setViewportSize({ width: 1200, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`${home()}${path}`);
      expect([path, await page.locator(THEIRS).count()]).toEqual([path, 0]);
      read += await page.evaluate<string>(
        `document.title + [...document.querySelectorAll('body, input, textarea')].map((one) => one.value ?? one.textContent).join('\\n')`,
      );
      // The transcript is a file of its own, made to be read anywhere.
      if (path.endsWith('/transcript')) continue;
      await judge(path, WCAG, 5);
      await page.setViewportSize({ width: 390, height: 800 });
      await page.emulateMedia({ colorScheme: 'dark' });
      await judge(path, OF_LOOKS, 1);
    }
    const shown = read.replaceAll(/\s+/g, ' ');
    const unseen = [...written].filter(([, text]) => !shown.includes(text)).map(([what]) => what);
    // These stand on no page of the dashboard.
    expect(unseen.toSorted()).toEqual(['choice', 'keyword', 'rule']);
    await page.context().close();
  });

  test('in all of that no script ran, and nothing was asked of another address', () => {
    expect(wrong).toEqual([]);
  });
});
