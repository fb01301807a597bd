import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { expectNoViolations, HOME, send } from './bot.ts';

const clock = new MovableClock();
let sandbox: Sandbox;
let guild: SandboxGuild;

beforeEach(async () => {
  sandbox = await startSandbox({ clock });
  guild = sandbox.createGuild(HOME);
});
afterEach(async () => {
  // Requests are wrong here on purpose; the sandbox's own answers never are.
  expectNoViolations(sandbox, ['invalid answer', 'sandbox error']);
  await sandbox.close();
});

const messagesOf = (channel: string): string => `/channels/${guild.channel(channel).id}/messages`;

describe('messages', () => {
  test('an enforced nonce gives the first message, for three minutes', async () => {
    const post = async (more: object = {}): Promise<string | undefined> =>
      (
        await send(sandbox, 'POST', messagesOf('general'), {
          content: 'due',
          nonce: 'r-1',
          enforce_nonce: true,
          ...more,
        })
      ).body.id;
    const first = await post();
    expect(await post()).toBe(first);
    expect(guild.owner.sees('general')).toHaveLength(1);
    expect(await post({ nonce: 'r-2' })).not.toBe(first);
    expect(await post({ enforce_nonce: false })).not.toBe(first);
    clock.advance(3 * 60_000 + 1);
    expect(await post()).not.toBe(first);
    expect(guild.owner.sees('general')).toHaveLength(4);
  });

  const everyoneDenied = { role: 'Alphapy', deny: ['MentionEveryone'] } as const;
  test.each([
    ['all of it without allowed_mentions', {}, false, { users: ['mia'], everyone: true }],
    [
      'nothing with an empty parse',
      { allowed_mentions: { parse: [] } },
      false,
      { users: [], everyone: false },
    ],
    ['only users', { allowed_mentions: { parse: ['users'] } }, false, { users: ['mia'], everyone: false }],
    ['only who is named', { allowed_mentions: { users: ['1'] } }, false, { users: [], everyone: false }],
    ['not everyone without the permission', {}, true, { users: ['mia'], everyone: false }],
  ])('notify %s', async (_name, more, denied, expected) => {
    if (denied) guild.setOverwrite('general', everyoneDenied);
    const content = `@everyone <@${guild.member('mia').id}> \`<@${guild.member('sam').id}>\``;
    await send(sandbox, 'POST', messagesOf('general'), { content, ...more });
    const [seen] = guild.owner.sees('general');
    expect({ users: seen?.mentions, everyone: seen?.mentionsEveryone }).toEqual(expected);
  });

  test('another one’s message is not edited, and deleted only with the permission', async () => {
    const { id } = guild.member('mia').writes('general', 'mine');
    const path = `${messagesOf('general')}/${id}`;
    expect((await send(sandbox, 'PATCH', path, { content: 'x' })).body.code).toBe(50005);
    guild.setOverwrite('general', { role: 'Alphapy', deny: ['ManageMessages'] });
    expect((await send(sandbox, 'DELETE', path)).body.code).toBe(50013);
    guild.setOverwrite('general', { role: 'Alphapy' });
    expect((await send(sandbox, 'DELETE', path)).status).toBe(204);
    expect(guild.owner.sees('general')).toEqual([]);
  });

  test('files come as attachments', async () => {
    const form = new FormData();
    form.set(
      'payload_json',
      JSON.stringify({ content: 'here', attachments: [{ id: '0', description: 'Notes' }] }),
    );
    form.set('files[0]', new Blob(['hello'], { type: 'text/plain' }), 'notes.txt');
    const authorization = `Bot ${sandbox.token}`;
    const url = `${sandbox.apiUrl}/v10${messagesOf('general')}`;
    const response = await fetch(url, { method: 'POST', headers: { authorization }, body: form });
    expect(await response.json()).toMatchObject({
      attachments: [{ filename: 'notes.txt', size: 5, description: 'Notes', content_type: 'text/plain' }],
    });
    expect(sandbox.violations).toEqual([]);
  });
});

describe('rate limits', () => {
  test('are told in headers and enforced when switched on', async () => {
    const strict = await startSandbox({ rateLimits: 'discord' });
    const home = strict.createGuild({ name: 'Home', owner: 'olivia' });
    const post = () =>
      send(strict, 'POST', `/channels/${home.channel('general').id}/messages`, { content: 'hi' });
    const answers = [await post(), await post(), await post(), await post(), await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('4');
    expect(answers[5]?.body).toMatchObject({ global: false, message: 'You are being rate limited.' });
    expect(answers[5]?.body.retry_after).toBeGreaterThan(0);
    expect(home.owner.sees('general')).toHaveLength(5);

    const many = await Promise.all(Array.from({ length: 60 }, () => send(strict, 'GET', '/gateway')));
    expect(many.filter(({ body }) => body['global'] === true).length).toBeGreaterThan(0);
    await strict.close();
  });

  test('refuse nobody when off, and say that much is left', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => send(sandbox, 'GET', '/users/@me')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(Number(answers[0]?.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(100);
  });
});

test('without the message content intent, REST hides what others wrote', async () => {
  const blind = await startSandbox({ applicationFlags: 0 });
  const home = blind.createGuild({ name: 'Home', owner: 'olivia' });
  home.owner.writes('general', 'secret');
  home.owner.writes('general', `<@${blind.applicationId}> open`);
  const { body } = await send(blind, 'GET', `/channels/${home.channel('general').id}/messages`);
  expect((body as unknown as { content: string }[]).map(({ content }) => content)).toEqual([
    `<@${blind.applicationId}> open`,
    '',
  ]);
  expect((await send(blind, 'GET', `/guilds/${home.id}/members?limit=10`)).body.code).toBe(50001);
  await blind.close();
});
