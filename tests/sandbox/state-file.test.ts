import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MessageFlags } from 'discord.js';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { StartError } from '../../sandbox/start-error.ts';
import { fromWorld, toContents } from '../../sandbox/state-file/kept-world.ts';
import { readStateFile, writeStateFile } from '../../sandbox/state-file/state-file.ts';
import { compareSnowflakes } from '../../sandbox/state/snowflakes.ts';
import type { World } from '../../sandbox/state/world.ts';
import { send } from './bot.ts';
import { Stage } from './stage.ts';

let directory: string;
let file: string;
let stage: Stage;
beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'sandbox-state-'));
  file = path.join(directory, 'kept.json');
  stage = await Stage.open();
});
afterEach(() => stage.check());
afterAll(async () => {
  await stage?.close();
  rmSync(directory, { recursive: true, force: true });
});

const about = (savedAt = new Date('2026-12-01T09:00:00Z')) =>
  ({ kind: 'small', clockAheadMs: 5000, savedAt }) as const;
const save = (world: World) => writeStateFile(file, fromWorld(world, about()));
const load = () => {
  const kept = readStateFile(file);
  if (kept === null) throw new Error('Nothing was kept.');
  return kept;
};

test('a world comes back as it was', async () => {
  const { guild, mia, sandbox } = stage;
  const { world } = sandbox;
  stage.react = {
    command: async (interaction) => {
      await interaction.reply({ content: 'Only you', flags: MessageFlags.Ephemeral });
      await interaction.followUp({
        content: 'Everybody',
        embeds: [{ title: 'A title', fields: [{ name: 'a', value: 'b' }] }],
        files: [{ attachment: Buffer.from('of the bot'), name: 'bot.txt' }],
      });
    },
  };
  const { id } = mia.writes('general', 'Hello <@1>', {
    files: [{ filename: 'a.txt', bytes: Buffer.from('of Mia') }],
  });
  mia.reacts({ id }, '👍');
  guild.owner.pins({ id });
  mia.edits({ id }, 'Hello again');
  guild.setOverwrite('news', { role: 'Staff', deny: ['SendMessages'] });
  guild.giveRole('sam', 'Staff');
  stage.sam.acceptsDirectMessages(false);
  await mia.runs('/do', {}, { in: 'general' });
  await mia.waitsFor('general', 'Everybody');
  const channelId = guild.channel('general').id;
  await send(sandbox, 'POST', `/channels/${channelId}/messages`, {
    content: 'Once',
    nonce: '7',
    enforce_nonce: true,
  });
  save(world);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('Hello again');
  const kept = load();
  const clock = new MovableClock(new Date(Date.now() + kept.clockAheadMs));
  const again = await startSandbox({ clock, contents: toContents(kept) });
  save(again.world);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(compareSnowflakes(again.world.snowflakes.next(), world.snowflakes.last)).toBeGreaterThan(0);
  const [home] = again.guilds;
  expect(home?.member('mia').sees('general').at(-1)?.text).toBe('Once');
  expect(
    home
      ?.member('mia')
      .sees('general')
      .some(({ ephemeral }) => ephemeral),
  ).toBe(true);
  expect(
    home
      ?.member('sam')
      .sees('general')
      .some(({ ephemeral }) => ephemeral),
  ).toBe(false);

  const twice = await send(again, 'POST', `/channels/${channelId}/messages`, {
    content: 'Twice',
    nonce: '7',
    enforce_nonce: true,
  });
  expect(twice.body['content']).toBe('Once');
  const shown = await send(again, 'GET', `/channels/${channelId}/messages/${id}`);
  const [attachment] = shown.body['attachments'] as { url: string }[];
  expect(await (await fetch(attachment?.url ?? '')).text()).toBe('of Mia');
  expect(again.violations).toEqual([]);
  await again.close();
});

test('an interaction that was answered goes on; one that was waited for is gone, with its "is thinking"', async () => {
  const { guild, mia, sandbox } = stage;
  const tokens: Record<string, string> = {};
  let asked: Promise<unknown> = Promise.resolve();
  stage.react = {
    command: async (interaction) => {
      const text = interaction.options.getString('text', true);
      tokens[text] = interaction.token;
      if (text === 'answered') await interaction.reply('Answered');
      if (text === 'deferred') await interaction.deferReply();
    },
  };
  await mia.runs('/do', { text: 'answered' });
  asked = mia.runs('/do', { text: 'deferred' }).catch(() => null);
  await mia.waitsFor('general', 'is thinking');
  const ignored = mia.runs('/do', { text: 'ignored' });
  save(sandbox.world);
  const again = await startSandbox({ contents: toContents(load()) });
  const seen = again.guilds[0]?.member('mia').sees('general') ?? [];
  expect(seen.some(({ text }) => text.includes('thinking'))).toBe(false);
  const followUp = (text: string) =>
    send(again, 'POST', `/webhooks/${again.applicationId}/${tokens[text]}`, { content: 'More' });
  expect((await followUp('answered')).status).toBe(200);
  expect((await followUp('deferred')).body.code).toBe(10015);
  expect((await followUp('ignored')).body.code).toBe(10015);
  await again.close();

  expect((await ignored).failed).toBe('The application did not respond');
  const original = `/webhooks/${sandbox.applicationId}/${tokens['deferred']}/messages/@original`;
  await send(sandbox, 'PATCH', original, { content: 'Late' });
  await asked;
  guild.channel('general').messages.clear();
});

test('the file is whole at any time, and readable', () => {
  save(stage.sandbox.world);
  const before = readFileSync(file, 'utf8');
  expect(before.split('\n').length).toBeGreaterThan(100);
  expect(JSON.parse(before)).toMatchObject({ format: 'alphapy-sandbox', version: 1, clockAheadMs: 5000 });
  // What cannot be written leaves the old one as it was.
  const broken = { ...fromWorld(stage.sandbox.world, about()), lastId: 'no id' };
  expect(() => writeStateFile(file, broken)).toThrow('lastId');
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(readdirSync(directory)).toEqual(['kept.json']);
});

test('no file is no world yet', () => {
  expect(readStateFile(path.join(directory, 'new.json'))).toBeNull();
});

const change = (changes: Record<string, unknown>) => (text: string) =>
  JSON.stringify({ ...(JSON.parse(text) as Record<string, unknown>), ...changes });

test.each([
  ['no JSON', () => '{"format":', 'or was damaged: it is no JSON.'],
  ['something else', () => '[1,2]', 'is not a state of the sandbox; name another file.'],
  ['of another version', change({ version: 2 }), 'its format is 2, this one reads 1'],
  ['without its people', change({ users: [] }), /is not whole: the users of application \d+ is missing\./],
  [
    'with a wrong value',
    change({ clockAheadMs: 'much' }),
    'does not fit this version of the sandbox: clockAheadMs:',
  ],
  ['with more than is known', change({ planets: [] }), 'does not fit this version of the sandbox'],
])('a file that is %s is refused in a sentence', (_, damage, sentence) => {
  save(stage.sandbox.world);
  writeFileSync(file, damage(readFileSync(file, 'utf8')));
  expect(() => readStateFile(file)).toThrow(StartError);
  expect(() => readStateFile(file)).toThrow(sentence);
});

test('a folder, and a folder that is not there, are refused in a sentence', () => {
  expect(() => readStateFile(directory)).toThrow(`${directory} cannot be read: it is a folder.`);
  const nowhere = path.join(directory, 'nowhere');
  expect(() => readStateFile(path.join(nowhere, 'kept.json'))).toThrow(
    `Nothing can be kept in ${nowhere}: there is no such folder.`,
  );
});
