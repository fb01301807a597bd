import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send } from './bot.ts';

let sandbox: Sandbox;
let guild: SandboxGuild;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild(HOME);
});
afterEach(async () => {
  // Requests are wrong here on purpose; the sandbox's own answers never are.
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const messagesOf = (channel: string): string => `/channels/${guild.channel(channel).id}/messages`;
const inGuild = (path: string): string => `/guilds/${guild.id}${path}`;
const memberPath = (who: string): string => inGuild(`/members/${guild.member(who).id}`);

describe('refusals', () => {
  const embed = { embeds: [{ title: 'Hi' }] };
  const cases: [string, () => [string, string, unknown?], number, number][] = [
    ['an unknown channel', () => ['POST', '/channels/1/messages', { content: 'hi' }], 404, 10003],
    ['an unknown message', () => ['GET', `${messagesOf('general')}/1`], 404, 10008],
    ['an unknown guild', () => ['GET', '/guilds/1'], 404, 10004],
    ['an unknown member', () => ['GET', inGuild('/members/1')], 404, 10007],
    ['an unknown role', () => ['PUT', `${memberPath('mia')}/roles/1`], 404, 10011],
    ['an unknown user', () => ['GET', '/users/1'], 404, 10013],
    [
      'an unknown overwrite',
      () => ['DELETE', `/channels/${guild.channel('general').id}/permissions/1`],
      404,
      10009,
    ],
    ['an unknown command', () => ['DELETE', `/applications/${sandbox.applicationId}/commands/1`], 404, 10063],
    ['an unknown interaction', () => ['POST', '/interactions/1/x/callback', { type: 6 }], 404, 10062],
    [
      'an unknown webhook',
      () => ['POST', `/webhooks/${sandbox.applicationId}/x`, { content: 'hi' }],
      404,
      10015,
    ],
    ['a hidden channel', () => ['POST', messagesOf('hidden'), { content: 'hi' }], 403, 50001],
    ['reading a hidden channel', () => ['GET', messagesOf('hidden')], 403, 50001],
    ['a silent channel', () => ['POST', messagesOf('silent'), { content: 'hi' }], 403, 50013],
    ['an embed without the permission', () => ['POST', messagesOf('plain'), embed], 403, 50013],
    ['an empty message', () => ['POST', messagesOf('general'), { content: '  ' }], 400, 50006],
    [
      'a role above the bot',
      () => ['PUT', `${memberPath('mia')}/roles/${guild.role('Boss').id}`],
      403,
      50013,
    ],
    [
      "the bot's own role",
      () => ['PUT', `${memberPath('mia')}/roles/${guild.role('Alphapy').id}`],
      400,
      50028,
    ],
    [
      'changing a role above the bot',
      () => ['PATCH', inGuild(`/roles/${guild.role('Boss').id}`), { name: 'x' }],
      403,
      50013,
    ],
    [
      'granting what the bot lacks',
      () => ['POST', inGuild('/roles'), { name: 'x', permissions: '8' }],
      403,
      50013,
    ],
    ['kicking without the permission', () => ['DELETE', memberPath('mia')], 403, 50013],
    ["the owner's nickname", () => ['PATCH', memberPath('olivia'), { nick: 'x' }], 403, 50013],
    [
      'writing to a bot',
      () => ['POST', '/users/@me/channels', { recipient_id: sandbox.applicationId }],
      400,
      50033,
    ],
  ];
  test.each(cases)('%s', async (_name, build, status, code) => {
    const [method, path, body] = build();
    const answer = await send(sandbox, method, path, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(sandbox.requests.at(-1)).toMatchObject({ method, path, status });
  });

  test('a wrong token', async () => {
    const answer = await send(sandbox, 'GET', '/users/@me', undefined, { authorization: 'Bot wrong' });
    expect(answer).toMatchObject({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
  });

  test('an unknown route and a malformed body are violations', async () => {
    expect(await send(sandbox, 'GET', '/nothing/here')).toMatchObject({ status: 404, body: { code: 0 } });
    const answer = await send(sandbox, 'POST', messagesOf('general'), { content: 'x'.repeat(2001) });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { content: { _errors: [{}] } } },
    });
    expect(sandbox.violations.map(({ kind }) => kind)).toEqual(['unknown route', 'invalid request']);
    expect(guild.owner.sees('general')).toEqual([]);
  });

  test('somebody who closed their direct messages, or is in no guild with the bot', async () => {
    const mia = guild.member('mia');
    const { body } = await send(sandbox, 'POST', '/users/@me/channels', { recipient_id: mia.id });
    const write = () => send(sandbox, 'POST', `/channels/${body.id}/messages`, { content: 'hello' });
    expect((await write()).status).toBe(200);
    expect(mia.dms.map(({ text }) => text)).toEqual(['hello']);
    mia.acceptsDirectMessages(false);
    expect((await write()).body.code).toBe(50007);
    guild.leave(mia);
    expect((await write()).body.code).toBe(50278);
  });
});

describe('what the bot may do', () => {
  test('roles of a member, with the reason kept', async () => {
    const path = `${memberPath('mia')}/roles/${guild.role('Staff').id}`;
    await send(sandbox, 'PUT', path, undefined, { 'x-audit-log-reason': encodeURIComponent('für später') });
    expect(guild.member('mia').member.roles).toContain(guild.role('Staff').id);
    expect(sandbox.requests.at(-1)?.reason).toBe('für später');
    await send(sandbox, 'DELETE', path);
    expect(guild.member('mia').member.roles).not.toContain(guild.role('Staff').id);
  });

  test('a private channel, changed and deleted', async () => {
    const overwrites = [{ id: guild.everyone.id, type: 0, deny: '1024' }];
    const made = await send(sandbox, 'POST', inGuild('/channels'), {
      name: 'ticket',
      permission_overwrites: overwrites,
    });
    expect(made.status).toBe(201);
    expect(guild.channel('ticket').overwrites.get(guild.everyone.id)?.deny).toBe(1024n);
    // The bot shut itself out, as it would on Discord.
    expect((await send(sandbox, 'PATCH', `/channels/${made.body.id}`, { name: 'x' })).body.code).toBe(50001);

    const { id } = guild.channel('general');
    await send(sandbox, 'PUT', `/channels/${id}/permissions/${guild.role('Fans').id}`, {
      type: 0,
      deny: '2048',
    });
    expect(guild.channel('general').overwrites.get(guild.role('Fans').id)?.deny).toBe(2048n);
    expect((await send(sandbox, 'PATCH', `/channels/${id}`, { topic: 'news' })).body.topic).toBe('news');
    expect((await send(sandbox, 'DELETE', `/channels/${id}`)).status).toBe(200);
    expect(guild.channels.map(({ name }) => name)).not.toContain('general');
  });

  test('a new role stands just above @everyone and can be moved below the bot only', async () => {
    const { body } = await send(sandbox, 'POST', inGuild('/roles'), { name: 'New' });
    expect(guild.role('New').position).toBe(1);
    const move = (role: string) =>
      send(sandbox, 'PATCH', inGuild('/roles'), [{ id: guild.role(role).id, position: 2 }]);
    expect((await move('Boss')).body.code).toBe(50013);
    expect((await move('New')).status).toBe(200);
    expect(guild.role('New')).toMatchObject({ id: body.id, position: 2 });
    const all = [...guild.record.roles.values()].map(({ id, position }) => ({ id, position }));
    expect((await send(sandbox, 'PATCH', inGuild('/roles'), all)).status).toBe(200);
  });

  test.each([
    ['before', (ids: string[]) => `before=${ids[3]}&limit=2`, [2, 1]],
    ['after', (ids: string[]) => `after=${ids[0]}&limit=2`, [2, 1]],
    ['around', (ids: string[]) => `around=${ids[2]}&limit=3`, [3, 2, 1]],
    ['the newest', () => 'limit=2', [4, 3]],
  ])('a page of messages: %s', async (_name, query, expected) => {
    const texts = ['0', '1', '2', '3', '4'];
    const ids = texts.map((text) => guild.member('mia').writes('general', text).id);
    const { body } = await send(sandbox, 'GET', `${messagesOf('general')}?${query(ids)}`);
    expect((body as unknown as { content: string }[]).map(({ content }) => Number(content))).toEqual(
      expected,
    );
  });
});

describe('commands', () => {
  const hello = { name: 'hello', description: 'Says hello' };
  const path = (): string => `/applications/${sandbox.applicationId}/commands`;

  test('a bulk overwrite keeps the ids of what stays and drops the rest', async () => {
    await send(sandbox, 'PUT', path(), [hello, { name: 'bye', description: 'Says bye' }]);
    const before = (await send(sandbox, 'GET', path())).body as unknown as { id: string; name: string }[];
    await send(sandbox, 'PUT', path(), [{ ...hello, description: 'Greets' }]);
    const after = (await send(sandbox, 'GET', path())).body as unknown as {
      id: string;
      description: string;
    }[];
    expect(after).toMatchObject([
      { id: before.find(({ name }) => name === 'hello')?.id, description: 'Greets' },
    ]);
  });

  test('one can be made, changed, and made again under its name', async () => {
    const made = await send(sandbox, 'POST', path(), hello);
    expect(made.status).toBe(201);
    await send(sandbox, 'PATCH', `${path()}/${made.body.id}`, { default_member_permissions: '32' });
    expect((await send(sandbox, 'GET', `${path()}/${made.body.id}`)).body.default_member_permissions).toBe(
      '32',
    );
    expect(await send(sandbox, 'POST', path(), hello)).toMatchObject({
      status: 200,
      body: { id: made.body.id },
    });
  });

  test('a hundred are the most', async () => {
    const all = Array.from({ length: 100 }, (_, index) => ({ ...hello, name: `hello-${index}` }));
    expect((await send(sandbox, 'PUT', path(), all)).status).toBe(200);
    expect((await send(sandbox, 'POST', path(), hello)).body.code).toBe(30032);
  });
});
