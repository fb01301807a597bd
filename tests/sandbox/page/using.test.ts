import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { FromServer } from '../../../sandbox/web/protocol.ts';
import { HOUR_MS } from '../../setup/bot.ts';
import { describeInBrowser, usePage } from './browser.ts';

/** Types a command and chooses it from what is offered. */
async function begin(page: Page, command: string): Promise<void> {
  await page.locator('#write').fill(`/${command}`);
  await page.getByRole('option', { name: `/${command} ` }).click();
}

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [field, value] of Object.entries(fields))
    await page.getByRole('textbox', { name: new RegExp(`^${field}\\b`) }).fill(value);
}

async function enter(page: Page, channel: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: channel }).click();
  await page.getByRole('heading', { name: channel, level: 2 }).waitFor();
}

async function choose(where: Page | Locator, select: string, option: string): Promise<void> {
  await where.getByRole('button', { name: select }).click();
  await where.getByRole('option', { name: option }).click();
}

/** Opens a new panel of settings below what stands there already. */
async function openPanel(page: Page): Promise<Locator> {
  const panels = page.getByRole('article').filter({ hasText: '/config panel' });
  const before = await panels.count();
  await begin(page, 'config panel');
  const panel = panels.nth(before);
  await panel.waitFor();
  return panel;
}

/** Until all that was sent to the page before is drawn. */
async function twoFrames(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

interface Answers {
  hold(): void;
  release(): void;
}

/** Lets a test keep back what the sandbox answers this page, but not what it shows. */
async function answersOf(page: Page): Promise<Answers> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket('**/live', (browser) => {
    browser.connectToServer().onMessage((message) => {
      const { kind } = JSON.parse(String(message)) as FromServer;
      if (held !== null && kind === 'answer') held.push(() => browser.send(message));
      else browser.send(message);
    });
  });
  await page.reload();
  await page.getByRole('heading', { name: '# general' }).waitFor();
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      const answers = held ?? [];
      held = null;
      for (const send of answers) send();
    },
  };
}

describeInBrowser('people use the bot in a browser', () => {
  const world = usePage();
  let olivia: Page;
  let mia: Page;
  beforeEach(async () => {
    for (const page of [olivia, mia]) await page?.context().close();
    [olivia, mia] = await Promise.all([world().open('olivia'), world().open('mia')]);
  });

  test('the owner sets it up with its panel', async () => {
    const panel = await openPanel(olivia);
    await panel.getByRole('button', { name: 'Change' }).first().click();
    await choose(panel, 'Choose a value', '#bot-log');
    await panel.getByText('Log channel: #bot-log').waitFor();
    await enter(olivia, '# bot-log');
    await olivia.getByText('Setting changed').waitFor();
    expect(await olivia.locator('.messages').innerText()).toContain('system.log_channel_id');
  });

  test('a member adds a reminder and finds it in its channel when its time has come', async () => {
    await begin(mia, 'add_reminder');
    await fill(mia, { name: 'Movie night', time: '20:00', date: 'tomorrow', message: 'Bring **popcorn**' });
    await choose(mia, 'channel', '#events');
    await mia.getByRole('button', { name: 'Send' }).click();
    await mia.getByText('Reminder added').waitFor();
    await mia.getByText('Only you can see this').waitFor();
    await enter(mia, '# events');
    expect(await mia.getByRole('article').count()).toBe(0);

    await mia.getByRole('button', { name: '+1 d' }).click();
    await mia.getByLabel('Move time on to').fill('2026-12-02T19:30');
    await mia.getByRole('button', { name: 'Go' }).click();
    const reminder = mia.getByRole('article').filter({ hasText: 'Movie night' });
    await reminder.waitFor();
    // Its Markdown is drawn, not shown.
    expect(await reminder.locator('strong', { hasText: 'popcorn' }).count()).toBe(1);
    expect(await mia.locator('sandbox-clock time').innerText()).toContain('2 Dec 2026, 19:3');
  });

  test('a modal keeps what was typed while Discord refuses it; the bot says what is wrong, then takes it', async () => {
    const panel = await openPanel(olivia);
    await choose(panel, 'system', 'reminders');
    await panel.getByText('Minutes ahead', { exact: true }).waitFor();
    const change = panel.getByRole('button', { name: 'Change' }).nth(1);
    const modal = olivia.getByRole('dialog');
    const submit = async (minutes: string): Promise<void> => {
      await modal.getByRole('textbox').fill(minutes);
      await modal.getByRole('button', { name: 'Submit' }).click();
    };
    await change.click();
    const tooLong = '7'.repeat(4001);
    await submit(tooLong);
    await modal.getByRole('alert').waitFor();
    expect(await modal.getByRole('textbox').inputValue()).toBe(tooLong);
    await submit('soon');
    await modal.waitFor({ state: 'detached' });
    await olivia.getByText('whole number').last().waitFor();
    await change.click();
    await submit('30');
    await modal.waitFor({ state: 'detached' });
    await expect.poll(() => panel.innerText()).toContain('30');
  });

  test('two people see each other at once, and each only what is for them', async () => {
    await mia.locator('#write').fill('Is anybody *here*?');
    await mia.locator('#write').press('Enter');
    const question = olivia.getByRole('article', { name: 'Message of mia' }).last();
    await question.getByText('Is anybody here?').waitFor();

    await question.hover();
    await question.getByRole('button', { name: 'Reply' }).click();
    await olivia.locator('#write').fill('I am');
    await olivia.locator('#write').press('Enter');
    await mia.getByRole('article', { name: 'Message of olivia' }).last().getByText('I am').waitFor();

    await begin(olivia, 'config show');
    await olivia.getByText('/config show').waitFor();
    expect(await mia.getByText('/config show').count()).toBe(0);
    const channels = mia.getByRole('navigation', { name: 'Channels' });
    expect(await channels.getByRole('button', { name: 'bot-log' }).count()).toBe(0);
    await mia.locator('#write').fill('/config');
    await mia.getByText('There is no such command for you here.').waitFor();
  });

  test('a person becomes another one, and sees as they do', async () => {
    await enter(olivia, '# staff-room');
    await olivia.getByLabel('You are').selectOption({ label: 'niels (Member, Discord in Dutch)' });
    await olivia.getByRole('heading', { name: '# general', level: 2 }).waitFor();
    await begin(olivia, 'reminder_list');
    await olivia.getByText('herinneringen').first().waitFor();
    world().guild.member('mia').writes('general', 'Tot <t:1796155200:F>');
    await olivia.getByText('dinsdag 1 december 2026').waitFor();
    // A reload comes back to the same person.
    await olivia.reload();
    await expect
      .poll(() => olivia.getByLabel('You are').locator('option:checked').innerText())
      .toContain('niels');
  });

  test('a person stays chosen when the others change places in the list', async () => {
    const chosen = () => mia.getByLabel('You are').locator('option:checked').innerText();
    await mia.getByLabel('You are').selectOption({ label: 'nora (no role)' });
    await mia.getByRole('heading', { name: '# general', level: 2 }).waitFor();
    world().guild.giveRole('mia', 'Staff');
    world().guild.takeRole('mia', 'Member');
    world().guild.giveRole('niels', 'Staff');
    await expect.poll(() => mia.getByLabel('You are').innerText()).toContain('niels (Staff');
    expect(await chosen()).toBe('nora (no role)');
    await mia.getByLabel('You are').selectOption({ label: 'mia (Staff)' });
  });

  test('files are sent and shown, reactions are given and taken', async () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await mia
      .getByLabel('Attach files')
      .setInputFiles([{ name: 'pixel.png', mimeType: 'image/png', buffer: pixel }]);
    await mia.getByText('pixel.png').waitFor();
    await mia.locator('#write').press('Enter');
    const picture = olivia.getByRole('img', { name: 'pixel.png' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(1);

    const message = olivia.getByRole('article').last();
    await message.hover();
    await message.getByText('React').click();
    await message.getByRole('button', { name: '🎉' }).click();
    const seen = mia.getByRole('article').last().getByRole('button', { name: '🎉, 1 reaction' });
    await seen.click();
    await message.getByRole('button', { name: '🎉, 2 reactions' }).waitFor();
    await seen.waitFor({ state: 'detached' });
  });

  test('what is typed while a message is sent stays, and so does one that is refused', async () => {
    const write = mia.locator('#write');
    await write.fill('The first');
    // At once, before any answer.
    await mia.evaluate(`{
      const input = document.querySelector('#write');
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      input.value += 'The second';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }`);
    await olivia.getByText('The first', { exact: true }).waitFor();
    await expect.poll(() => write.inputValue()).toBe('The second');
    const long = 'x'.repeat(2_001);
    await write.fill(long);
    await write.press('Enter');
    await mia.getByRole('alert').getByText('2000').waitFor();
    expect(await write.inputValue()).toBe(long);
  });

  test('whoever goes on before a command is done is not called back', async () => {
    const answers = await answersOf(olivia);
    answers.hold();
    const panel = await openPanel(olivia);
    const change = panel.getByRole('button', { name: 'Change' }).first();
    await change.focus();
    answers.release();
    await olivia.locator('#write').waitFor();
    await twoFrames(olivia);
    expect(await olivia.evaluate('document.activeElement.textContent.trim()')).toBe('Change');

    answers.hold();
    await openPanel(olivia);
    await olivia.getByRole('button', { name: 'Cancel' }).click();
    await begin(olivia, 'add_reminder');
    answers.release();
    await twoFrames(olivia);
    expect(await olivia.getByRole('form', { name: '/add_reminder' }).isVisible()).toBe(true);
  });

  test('who joins is seen, and can be kicked by the owner only', async () => {
    await olivia.getByRole('button', { name: 'Server' }).click();
    const joining = olivia.getByRole('form', { name: 'Somebody joins' });
    await joining.getByLabel('User name').fill('otto');
    await joining.getByRole('button', { name: 'Join' }).click();
    const otto = mia.getByRole('complementary', { name: 'Members' }).getByText('otto', { exact: true });
    await otto.click();
    await mia.getByRole('button', { name: 'Be otto' }).waitFor();
    expect(await mia.getByRole('button', { name: 'Kick' }).count()).toBe(0);
    await olivia.getByLabel('You are').selectOption({ label: 'olivia (the owner)' });
    await olivia.getByRole('button', { name: 'Server', exact: true }).click();
    await olivia.getByText('otto', { exact: true }).click();
    await olivia.getByRole('button', { name: 'Kick' }).click();
    await otto.waitFor({ state: 'detached' });
  });

  test('the log’s tab shows what the bot asked of Discord', async () => {
    const log = await world().openLog();
    await begin(mia, 'reminder_list');
    await log.getByText('/interactions/').first().waitFor();
    expect(await log.locator('tr.bad').count()).toBe(0);
    await log.context().close();
  });

  test('time goes on by itself while nobody moves it', async () => {
    const before = world().clock.now().getTime();
    await mia.getByRole('button', { name: '+1 h' }).click();
    await expect.poll(() => world().clock.now().getTime() - before).toBeGreaterThanOrEqual(HOUR_MS);
    const shown = await mia.locator('sandbox-clock time').innerText();
    await expect.poll(() => mia.locator('sandbox-clock time').innerText()).not.toBe(shown);
  });
});
