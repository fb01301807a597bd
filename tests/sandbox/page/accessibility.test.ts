import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { describeInBrowser, usePage } from './browser.ts';

/** What of WCAG 2.2 AA is seriously broken on the page as it stands. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate<axe.AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  expect(passes.length).toBeGreaterThan(10);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

const TABS_MAX = 80;

/** Presses Tab until what has the focus is called that. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      `(() => { const e = document.activeElement; const l = e.labels?.[0]?.innerText; return e.getAttribute('aria-label') ?? l ?? e.innerText; })()`,
    );
    if (name.test(String(focused))) return;
  }
  throw new Error(`${TABS_MAX} presses of Tab do not lead to ${String(name)}`);
}

describeInBrowser('the page for everybody', () => {
  const world = usePage();
  let page: Page;
  beforeEach(async () => {
    await page?.context().close();
    page = await world().open('olivia');
  });

  test('nothing serious is found in any part of it', async () => {
    const found: Record<string, string[]> = {};
    await page.locator('#write').fill('Hello');
    await page.locator('#write').press('Enter');
    await page.locator('#write').fill('/');
    await page.getByRole('listbox', { name: 'Commands' }).waitFor();
    found['commands offered'] = await serious(page);

    await page.locator('#write').fill('/add_reminder');
    await page.locator('#write').press('Enter');
    await page
      .getByRole('form', { name: '/add_reminder' })
      .getByRole('button', { name: /^channel/ })
      .click();
    found['a command with an open select'] = await serious(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.locator('#write').fill('/config panel');
    await page.locator('#write').press('Enter');
    const panel = page.getByRole('article').filter({ hasText: '/config panel' });
    await panel.getByRole('button', { name: 'Change' }).first().click();
    await panel.getByRole('button', { name: 'Back' }).waitFor();
    found['an answer of the bot'] = await serious(page);

    await page.getByRole('button', { name: 'Server', exact: true }).click();
    found['the server’s settings'] = await serious(page);

    const log = await world().openLog();
    await log.getByText('/interactions/').first().waitFor();
    await log.locator('summary').first().click();
    found['the log'] = await serious(log);
    await log.context().close();
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((part) => [part, []])));
  });

  test('a reminder is added with the keyboard alone, and time is moved on', async () => {
    const { keyboard } = page;
    await tabTo(page, /^Write as olivia/);
    await keyboard.type('/add_rem');
    await page.getByRole('option', { name: '/add_reminder ' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('form', { name: '/add_reminder' }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await keyboard.type('Standup');
    await tabTo(page, /^time/);
    await keyboard.type('18:00');
    await tabTo(page, /^channel/);
    await keyboard.press('Enter');
    await page.getByRole('combobox', { name: /^Search: channel/ }).waitFor();
    await keyboard.type('events');
    await expect.poll(() => page.locator('.menu-popup').getByRole('option').count()).toBe(1);
    await keyboard.press('Enter');
    await tabTo(page, /^Send$/);
    await keyboard.press('Enter');
    await page.getByText('Reminder added').waitFor();

    // What was sent, the focus is back where one writes.
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('write');
    await tabTo(page, /^\+1 d$/);
    await keyboard.press('Space');
    await tabTo(page, /# events/);
    await keyboard.press('Enter');
    await page.getByRole('article').filter({ hasText: 'Standup' }).first().waitFor();
    // It came on the way: until the day is over, whoever presses something has its three seconds gone in an instant.
    await page.locator('sandbox-clock').waitFor();
  });

  test('a modal holds the focus, closes with Escape, and gives the focus back', async () => {
    const panels = page.getByRole('article').filter({ hasText: '/config panel' });
    const before = await panels.count();
    await page.locator('#write').fill('/config panel');
    await page.locator('#write').press('Enter');
    const panel = panels.nth(before);
    await panel.getByRole('button', { name: /^Choose a group/ }).press('Enter');
    await panel.getByRole('listbox').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await panel.getByText('Minutes ahead').first().waitFor();
    await panel.getByRole('button', { name: 'Change' }).nth(1).press('Enter');
    const modal = page.getByRole('dialog');
    await modal.waitFor();
    expect(await serious(page)).toEqual([]);
    for (let tabs = 0; tabs < 6; tabs += 1) {
      await page.keyboard.press('Tab');
      const isInside = await page.evaluate(
        `document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)`,
      );
      expect(isInside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('write');
  });
});
