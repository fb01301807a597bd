import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { botHears, plantTown, type Town } from '../journeys/town.ts';
import { useBot } from '../setup/bot.ts';
import { chromiumPath, launchChromium } from '../setup/chromium.ts';
import { HTTP } from '../setup/http.ts';

const PAGES = [
  '',
  '/settings',
  '/settings/history',
  '/reminders',
  '/tickets',
  '/onboarding',
  '/faq',
  '/nowhere',
];
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const reason = chromiumPath === undefined ? ' [needs Chromium: name it in $CHROMIUM]' : '';

describe.runIf(chromiumPath !== undefined)(`the dashboard in a browser${reason}`, { timeout: 60_000 }, () => {
  const world = useBot({ config: { http: { ...HTTP, discordClientSecret: 'sandbox-client-secret' } } });
  let browser: Browser;
  let town: Town;
  const wrong: string[] = [];
  beforeAll(async () => {
    town = plantTown(world());
    town.guild.createChannel({ name: 'bot-log' });
    await botHears(world(), town.guild);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  const home = (): string => `http://localhost:${world().bot.http?.port}`;
  const guildPath = (): string => `/guilds/${town.guild.id}`;

  /** Signs somebody in as they would, by Discord's page. Nothing may be asked of another address, and no script may run. */
  async function signIn(name: string, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
    watch(context);
    const page = await context.newPage();
    await page.goto(home());
    await page.getByRole('link', { name: 'Sign in with Discord' }).first().click();
    await page
      .getByRole('button', { name: new RegExp(`^${name}\\b`) })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Your servers' }).waitFor();
    return page;
  }

  function watch(context: BrowserContext): void {
    const known = [home(), world().sandbox.url];
    context.on('dialog', (dialog) => wrong.push(`a script ran: ${dialog.message()}`));
    context.on('request', (request) => {
      if (!known.some((one) => request.url().startsWith(`${one}/`))) wrong.push(`asked for ${request.url()}`);
    });
  }

  test('an admin signs in, changes a setting, and /config shows it, all without JavaScript', async () => {
    const page = await signIn('olivia', { javaScriptEnabled: false });
    await page.getByRole('link', { name: town.guild.record.name }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    const setting = page.locator('form').filter({ has: page.getByLabel('Log channel', { exact: true }) });
    await setting.getByLabel('Log channel', { exact: true }).selectOption({ label: '#bot-log' });
    await setting.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').first().waitFor();
    expect((await town.olivia.runs('/config show')).text).toContain('bot-log');
    await page.context().close();
  });

  test('a member is shown no server, and is refused by its address', async () => {
    const page = await signIn('mia', { javaScriptEnabled: false });
    const response = await page.goto(`${home()}${guildPath()}/settings`);
    expect(response?.status()).toBe(403);
    await page.context().close();
  });

  test('what people wrote is text on every page', async () => {
    await town.olivia.runs('/add_reminder', { name: HOSTILE.slice(0, 90), time: '20:00', days: 'daily' });
    await town.olivia.runs('/config set', { setting: 'onboarding.welcome_text', value: HOSTILE });
    const page = await signIn('olivia', {});
    for (const path of ['/reminders', '/settings?q=welcome', '/settings/history']) {
      await page.goto(`${home()}${guildPath()}${path}`);
      expect(await page.locator('img, script').count()).toBe(0);
    }
    expect(await page.getByText('onerror=alert(1)').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test.each([
    ['light', 1200],
    ['dark', 390],
  ] as const)('nothing is in the way of anybody on any page (%s, %i wide)', async (colorScheme, width) => {
    const page = await signIn('olivia', { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    for (const path of PAGES) {
      await page.goto(`${home()}${guildPath()}${path}`);
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate<axe.AxeResults>(
        `axe.run(document, { runOnly: ${JSON.stringify(WCAG)} })`,
      );
      expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
      expect(passes.length).toBeGreaterThan(5);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    await page.context().close();
  });

  test('in all of that no script ran, and nothing was asked of another address', () => {
    expect(wrong).toEqual([]);
  });
});
