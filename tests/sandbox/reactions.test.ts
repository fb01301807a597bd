import { Events, GatewayIntentBits as Intent } from 'discord.js';
import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send, startBot } from './bot.ts';
import { eventually } from '../setup/eventually.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;
let mia: Person;
let sam: Person;
let bot: Client<true> | undefined;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ ...HOME, emojis: ['party'] });
  mia = guild.member('mia');
  sam = guild.member('sam');
});
afterEach(async () => {
  await bot?.destroy();
  bot = undefined;
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

function reactionsOf(message: { id: string }, who = ''): string {
  const path = `/channels/${guild.channel('general').id}/messages/${message.id}/reactions`;
  return who === '' ? path : `${path}/${who}`;
}

const LIKE = encodeURIComponent('👍');

describe('over REST', () => {
  test('the bot reacts, sees who reacted, and takes it back', async () => {
    const message = mia.writes('general', 'hello');
    expect((await send(sandbox, 'PUT', reactionsOf(message, `${LIKE}/@me`))).status).toBe(204);
    sam.reacts(message, '👍');
    const users = await send(sandbox, 'GET', reactionsOf(message, LIKE));
    expect(users.body).toMatchObject([{ id: sam.id }, { id: sandbox.applicationId }].sort(byId));
    const page = await send(
      sandbox,
      'GET',
      `${reactionsOf(message, LIKE)}?limit=1&after=${sandbox.applicationId}`,
    );
    expect(page.body).toMatchObject([{ id: sam.id }]);
    const path = `/channels/${guild.channel('general').id}/messages/${message.id}`;
    expect((await send(sandbox, 'GET', path)).body['reactions']).toMatchObject([
      { emoji: { id: null, name: '👍' }, count: 2, me: true },
    ]);

    expect((await send(sandbox, 'DELETE', reactionsOf(message, `${LIKE}/@me`))).status).toBe(204);
    expect(mia.sees('general')[0]?.reactions).toEqual([{ emoji: '👍', users: ['sam'] }]);
    expect((await send(sandbox, 'DELETE', reactionsOf(message, `${LIKE}/${sam.id}`))).status).toBe(204);
    expect((await send(sandbox, 'GET', path)).body['reactions']).toBeUndefined();
  });

  test('an emoji of the guild goes by name and id, one that nobody has is unknown', async () => {
    const message = mia.writes('general', 'hello');
    const [emoji] = guild.record.emojis.values();
    const put = (text: string) =>
      send(sandbox, 'PUT', reactionsOf(message, `${encodeURIComponent(text)}/@me`));
    expect((await put(`party:${emoji?.id}`)).status).toBe(204);
    expect(mia.sees('general')[0]?.reactions).toEqual([{ emoji: ':party:', users: ['alphapy'] }]);
    expect((await put('❤')).status).toBe(204);
    for (const unknown of ['party:1', 'x', 'smile', '👍👍']) {
      expect(await put(unknown)).toMatchObject({ status: 400, body: { code: 10014 } });
    }
  });

  test('the first reaction with an emoji needs the permission, joining in does not', async () => {
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['AddReactions'] });
    const message = mia.writes('general', 'hello');
    const put = () => send(sandbox, 'PUT', reactionsOf(message, `${LIKE}/@me`));
    expect((await put()).body.code).toBe(50013);
    mia.reacts(message, '👍');
    expect((await put()).status).toBe(204);
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ReadMessageHistory', 'ManageMessages'] });
    expect((await put()).body.code).toBe(50013);
    expect((await send(sandbox, 'DELETE', reactionsOf(message, `${LIKE}/${mia.id}`))).body.code).toBe(50013);
    expect((await send(sandbox, 'DELETE', reactionsOf(message))).body.code).toBe(50013);
  });

  test('twenty emojis are the most; all of one and all of all can go', async () => {
    const message = mia.writes('general', 'hello');
    for (let index = 0; index < 20; index += 1) {
      mia.reacts(message, String.fromCodePoint(0x1f600 + index));
    }
    expect(await send(sandbox, 'PUT', reactionsOf(message, `${LIKE}/@me`))).toMatchObject({
      status: 400,
      body: { code: 30010 },
    });
    expect(() => mia.reacts(message, '👍')).toThrow(/as many different reactions/);
    const one = reactionsOf(message, encodeURIComponent('😀'));
    expect((await send(sandbox, 'DELETE', one)).status).toBe(204);
    expect(mia.sees('general')[0]?.reactions).toHaveLength(19);
    expect((await send(sandbox, 'DELETE', reactionsOf(message))).status).toBe(204);
    expect(mia.sees('general')[0]?.reactions).toEqual([]);
  });

  test('in a direct message only one’s own reaction can be taken away', async () => {
    const channel = (await send(sandbox, 'POST', '/users/@me/channels', { recipient_id: mia.id })).body.id;
    const message = mia.writes('dm', 'psst');
    const path = `/channels/${channel}/messages/${message.id}/reactions`;
    expect((await send(sandbox, 'PUT', `${path}/${LIKE}/@me`)).status).toBe(204);
    expect((await send(sandbox, 'DELETE', path)).body.code).toBe(50003);
    expect((await send(sandbox, 'DELETE', `${path}/${LIKE}/@me`)).status).toBe(204);
  });
});

test('the gateway tells of each change to who asked for reactions', async () => {
  bot = await startBot(sandbox, [Intent.Guilds, Intent.GuildMessages, Intent.GuildMessageReactions]);
  const heard: string[] = [];
  bot.on(Events.MessageReactionAdd, ({ emoji, count }, user) =>
    heard.push(`+${emoji.name} ${count} ${user.id}`),
  );
  bot.on(Events.MessageReactionRemove, ({ emoji }, user) => heard.push(`-${emoji.name} ${user.id}`));
  bot.on(Events.MessageReactionRemoveEmoji, ({ emoji }) => heard.push(`none ${emoji.name}`));
  bot.on(Events.MessageReactionRemoveAll, () => heard.push('none'));
  const seen = new Promise((resolve) => bot?.once(Events.MessageCreate, resolve));
  const message = mia.writes('general', 'hello');
  await seen;
  mia.reacts(message, '👍');
  mia.unreacts(message, '👍');
  mia.reacts(message, '👍');
  await send(sandbox, 'DELETE', reactionsOf(message, LIKE));
  mia.reacts(message, ':party:');
  await send(sandbox, 'DELETE', reactionsOf(message));
  await eventually(() => expect(heard).toHaveLength(6));
  expect(heard).toEqual([
    `+👍 1 ${mia.id}`,
    `-👍 ${mia.id}`,
    `+👍 1 ${mia.id}`,
    'none 👍',
    `+party 1 ${mia.id}`,
    'none',
  ]);
});

test('people react to what they see, and each change counts', () => {
  const message = mia.writes('general', 'hello');
  const record = guild.channel('general').messages.get(message.id);
  sam.reacts(message, '👍');
  sam.reacts(message, '👍');
  expect(record?.revision).toBe(1);
  expect(() => mia.unreacts(message, '👍')).toThrow(/no reaction/);
  sam.unreacts(message, '👍');
  expect(record?.revision).toBe(2);
  guild.setOverwrite('general', { role: '@everyone', deny: ['AddReactions'] });
  expect(() => mia.reacts(message, '👍')).toThrow(/do not have permission/);
  guild.setOverwrite('general', { role: '@everyone', deny: ['ViewChannel'] });
  expect(() => mia.reacts(message, '👍')).toThrow(/not to be seen/);
});

function byId(a: { id: string }, b: { id: string }): number {
  return Number(BigInt(a.id) - BigInt(b.id));
}
