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
    // By style sheets' selectors: Playwright's own read every text of the page each time.
    const shown = page.locator('.messages article');
    await expect.poll(() => shown.last().textContent()).toContain(`Message ${MESSAGES} of many`);
    for (
      let scrolls = 0;
      scrolls < SCROLLS_MAX && (await page.locator('.beginning').count()) === 0;
      scrolls += 1
    ) {
      await page.evaluate(`document.querySelector('.messages').scrollTo(0, 0)`);
      await page.waitForTimeout(50);
    }
    expect(await shown.count()).toBe(MESSAGES);
    expect(await shown.first().textContent()).toContain('Message 1 of many');
  });

  test('can still be written in, and follows what comes', async () => {
    const last = page.locator('.messages article').last();
    const begun = performance.now();
    await page.locator('#write').pressSequentially('Still quick?');
    await page.locator('#write').press('Enter');
    await expect.poll(() => last.textContent()).toContain('Still quick?');
    expect(performance.now() - begun).toBeLessThan(STUCK_MS);
    world().guild.member('mia').writes('general', 'Quick enough');
    await expect.poll(() => last.textContent()).toContain('Quick enough');
    await expect
      .poll(() =>
        page.evaluate(
          '(({ scrollHeight: h, scrollTop: t, clientHeight: c }) => h - t - c)(document.querySelector(".messages"))',
        ),
      )
      .toBeLessThan(50);
  });
});
