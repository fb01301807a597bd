import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, Events } from 'discord.js';
import type { ClientOptions } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { startDemo } from '../../sandbox/demo.ts';
import { createPageSite } from '../../sandbox/web/page-site.ts';
import { PageClient } from './page-client.ts';
import { startFromCommandLine, stop } from './started-sandbox.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const [, BOT = ''] = /```js\n([^]*?)```/.exec(README) ?? [];
const [, TOKEN = ''] = /BOT_TOKEN=(\S+) node/.exec(README) ?? [];

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

/** Runs the bot of the README in a process of its own. */
function runReadmeBot(apiUrl: string, token: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', BOT], {
    cwd: ROOT,
    env: { ...process.env, DISCORD_API_URL: apiUrl, BOT_TOKEN: token },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  endings.push(() => child.kill('SIGKILL'));
  return child;
}

async function openPage(url: string): Promise<PageClient> {
  const page = await PageClient.open(url);
  endings.push(() => page.close());
  return page;
}

test('the bot of the README has ten lines', () => {
  expect(BOT.trim().split('\n')).toHaveLength(10);
});

test('it connects, and a member uses its command', { timeout: 120_000 }, async () => {
  const sandbox = await startFromCommandLine(['--external', '--port', '0']);
  endings.push(() => sandbox.child.process.kill('SIGKILL'));
  const page = await openPage(sandbox.url);
  const apiUrl = `${sandbox.url}/api`;
  expect(page.frame.apiUrl).toBe(apiUrl);
  expect(page.frame.visitors).toMatchObject([{ name: 'Bot 1', token: TOKEN, isOnline: false }]);
  expect(await page.act('bot', { order: 'start' })).toMatchObject({ kind: 'refused' });

  const bot = runReadmeBot(apiUrl, TOKEN);
  await page.until(() => page.frame.visitors[0]?.isOnline === true && page.frame.commands.length > 0);
  await page.become('mia');
  expect(await page.act('run', { path: 'ping', options: {} })).toEqual({ kind: 'done' });
  await page.until(() => page.texts.length > 0);
  expect(page.texts).toEqual([`Pong, <@${page.frame.me.id}>!`]);
  expect(page.messages[0]?.author).toMatchObject({ name: 'bot-1', isBot: true });

  bot.kill('SIGKILL');
  await page.until(() => page.frame.visitors[0]?.isOnline === false);
  expect(await stop(sandbox)).toBe(0);
});

test('with two tokens it connects twice', { timeout: 120_000 }, async () => {
  const tokens = ['one.bot.token', 'another.bot.token'];
  const sandbox = await startFromCommandLine([
    '--external',
    ...tokens.flatMap((token) => ['--token', token]),
  ]);
  endings.push(() => sandbox.child.process.kill('SIGKILL'));
  const page = await openPage(sandbox.url);
  for (const token of tokens) runReadmeBot(`${sandbox.url}/api`, token);
  await page.until(
    () => page.frame.visitors.every(({ isOnline }) => isOnline) && page.frame.commands.length === 2,
  );
  expect(page.frame.me.directChannels.map(({ name }) => name)).toEqual(['Bot 1', 'Bot 2']);
  await page.act('enter', { channelId: page.frame.me.directChannels[1]?.id });
  expect(page.frame.commands.map(({ path: name }) => name)).toEqual(['ping']);
  expect(await page.act('run', { path: 'ping', options: {} })).toEqual({ kind: 'done' });
  await page.until(() => page.texts.length > 0);
  expect(page.messages[0]?.author.name).toBe('bot-2');
  expect(await stop(sandbox)).toBe(0);
});

test('starting anew brings back what there was, in all windows and for a bot that is connected', async () => {
  const demo = await startDemo({ isExternal: true });
  endings.push(() => demo.close());
  const site = await createPageSite(demo);
  demo.sandbox.serve(site);
  const [page, other] = [await openPage(demo.sandbox.url), await openPage(demo.sandbox.url)];
  const bot = new Client({
    intents: ['Guilds'],
    rest: { api: demo.sandbox.apiUrl },
  } as unknown as ClientOptions);
  const ready = once(bot, Events.ClientReady);
  await bot.login(demo.sandbox.token);
  await ready;
  await bot.application?.commands.set([{ name: 'ping', description: 'Answers' }]);
  endings.push(() => bot.destroy());
  bot.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.reply(`in ${interaction.guild?.name}`);
  });

  await page.become('mia');
  await page.act('write', { content: 'Gone soon' });
  await other.until(() => other.texts.includes('Gone soon'));
  const before = page.frame.guild.id;
  const newest = demo.sandbox.world.snowflakes.last;
  const lost = once(bot, Events.GuildDelete);
  expect(await page.act('reset')).toEqual({ kind: 'done' });
  await lost;
  for (const window of [page, other]) {
    await window.until(() => window.frame.guild.id !== before && window.texts.length === 0);
    expect(window.frame.guild.name).toBe('The Demo Server');
    expect(BigInt(window.frame.guild.id)).toBeGreaterThan(BigInt(newest));
    expect(window.frame.me.name).toBe('olivia');
  }
  await page.become('mia');
  expect(await page.act('run', { path: 'ping', options: {} })).toEqual({ kind: 'done' });
  await page.until(() => page.texts.includes('in The Demo Server'));
  expect([...bot.guilds.cache.keys()]).toEqual([page.frame.guild.id]);
  expect(demo.sandbox.violations).toEqual([]);
});
