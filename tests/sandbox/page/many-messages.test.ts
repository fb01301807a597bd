import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { describeInBrowser, usePage } from './browser.ts';

const MESSAGES = 2_000;
/** Far more than it takes; a person would call it stuck by then. On how long it takes, see docs/benchmarks.md. */
const STUCK_MS = 3_000;
const SCROLLS_MAX = 100;

describeInBrowser(`a channel with ${MESSAGES} messages`, () => {
  const world = usePage();
  let page: Page;
  beforeAll(async () => {
    const mia = world().guild.member('mia');
    for (let number = 1; number <= MESSAGES; number += 1)
      mia.writes('general', `Message ${number} of **many**, with \`code\` and <@${mia.id}>`);
    page = await world().open('olivia');
  });

  test('shows the newest at once, and all when somebody scrolls up', async () => {
    await page.getByText(`Message ${MESSAGES} of many`).waitFor();
    const messages = page.locator('.messages');
    for (let scrolls = 0; scrolls < SCROLLS_MAX; scrolls += 1) {
      if ((await page.getByText('This is the beginning of # general.').count()) > 0) break;
      await messages.evaluate((box) => box.scrollTo?.(0, 0));
      await page.waitForTimeout(20);
    }
    await page.getByText('Message 1 of many').waitFor();
    expect(await page.getByRole('article').count()).toBe(MESSAGES);
  });

  test('can still be written in, and follows what comes', async () => {
    const begun = performance.now();
    await page.locator('#write').pressSequentially('Still quick?');
    await page.locator('#write').press('Enter');
    await page.getByRole('article').filter({ hasText: 'Still quick?' }).waitFor();
    expect(performance.now() - begun).toBeLessThan(STUCK_MS);
    world().guild.member('mia').writes('general', 'Quick enough');
    await page.getByText('Quick enough').waitFor({ timeout: STUCK_MS });
  });
});
