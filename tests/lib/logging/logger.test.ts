import { LogLevel } from '@sapphire/framework';
import { DiscordAPIError } from 'discord.js';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog, redactSecrets, sapphireLogger } from '#lib/logging/logger';

const BOT_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB';
const WEBHOOK_TOKEN = 'aW50ZXJhY3Rpb246MTIz_secret-webhook';
const PERSONAL = 'my address is Nieuwstraat 1';

let written = '';
const log = createLog('trace', {
  write: (line) => {
    written += line;
  },
});
const lines = (): Record<string, unknown>[] =>
  written
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeEach(() => {
  written = '';
});

test('a line is JSON with level, time and message, and what was said beside it', () => {
  log.info({ guildId: '1', guilds: 3 }, 'ready');
  expect(lines()).toEqual([
    { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), guildId: '1', guilds: 3, msg: 'ready' },
  ]);
});

describe('secrets never reach the log', () => {
  const secrets = {
    'an interaction token': [
      `https://discord.com/api/v10/interactions/123/${WEBHOOK_TOKEN}/callback`,
      WEBHOOK_TOKEN,
    ],
    'a webhook token': [`https://discord.com/api/webhooks/123/${WEBHOOK_TOKEN}?wait=true`, WEBHOOK_TOKEN],
    'the bot token': [`Bot ${BOT_TOKEN}`, BOT_TOKEN],
    'a database password': ['postgres://alphapy:hunter2@db:5432/alphapy', 'hunter2'],
    'a database password with an @': ['postgresql://alphapy:hun@ter2@db/alphapy', 'ter2'],
    'a database password without a user': ['postgres://:hunter2@db/alphapy', 'hunter2'],
  } as const;
  const places = {
    'in the message': (text: string) => log.warn(`before ${text} after`),
    'in a value of the message': (text: string) => log.warn('before %s after', text),
    'in a field': (text: string) => log.warn({ reason: text }, 'x'),
    'deep in a field': (text: string) => log.warn({ a: { b: [text, { c: text }] } }, 'x'),
    "in an error's message": (text: string) => log.error({ err: new Error(`before ${text}`) }, 'x'),
    'in an error under another name': (text: string) => log.error({ failure: { message: text } }, 'x'),
    'in what caused an error': (text: string) =>
      log.error({ err: new Error('x', { cause: new Error(text) }) }, 'x'),
    'in something thrown that is no error': (text: string) => log.error({ err: text }, 'x'),
    "in Sapphire's messages": (text: string) => sapphireLogger(log).warn('x', text, { text: [text] }),
    'of a child': (text: string) => log.child({ from: text }).info('x'),
  };
  const cases = Object.entries(secrets).flatMap(([name, [text, secret]]) =>
    Object.entries(places).map(([place, write]) => ({ name, place, text, secret, write })),
  );

  test.each(cases)('$name $place', ({ text, secret, write }) => {
    write(text);
    expect(lines()).toHaveLength(1);
    expect(written).not.toContain(secret);
    expect(written).toMatch(/\[(token|password)\]/);
  });

  test('what is around a secret stays', () => {
    expect(redactSecrets(secrets['a database password'][0])).toBe(
      'postgres://alphapy:[password]@db:5432/alphapy',
    );
    expect(redactSecrets(secrets['a webhook token'][0])).toBe(
      'https://discord.com/api/webhooks/123/[token]?wait=true',
    );
    expect(redactSecrets('src/lib/time/zones.ts, 1328374655667123456, a@b.c')).toBe(
      'src/lib/time/zones.ts, 1328374655667123456, a@b.c',
    );
  });
});

describe('what people wrote never reaches the log', () => {
  const discordError = new DiscordAPIError(
    { code: 50035, message: 'Invalid Form Body' },
    50035,
    400,
    'POST',
    `https://discord.com/api/v10/webhooks/1/${WEBHOOK_TOKEN}`,
    { body: { content: PERSONAL, embeds: [{ description: PERSONAL }] }, files: [] },
  );
  const databaseError = Object.assign(new Error('new row violates check constraint "reminders_name_check"'), {
    code: '23514',
    severity: 'ERROR',
    constraint: 'reminders_name_check',
    table: 'reminders',
    detail: `Failing row contains (1, ${PERSONAL}).`,
    where: PERSONAL,
    parameters: [PERSONAL],
  });

  test.each([
    ["a request's body", { err: discordError }],
    ["a row's values", { err: databaseError }],
    ['the same in a cause', { error: new Error('x', { cause: databaseError }) }],
    [
      'fields that hold it',
      { content: PERSONAL, reminder: { text: PERSONAL }, form: { page: { answers: [PERSONAL] } } },
    ],
  ])('%s', (_name, fields) => {
    log.error(fields, 'x');
    expect(lines()).toHaveLength(1);
    expect(written).not.toContain('Nieuwstraat');
  });

  test('what helps to find the trouble stays', () => {
    log.error({ err: discordError }, 'x');
    log.error({ err: databaseError }, 'x');
    const [discord, database] = lines().map(({ err }) => err);
    expect(discord).toMatchObject({ code: 50035, status: 400, method: 'POST', message: 'Invalid Form Body' });
    expect(database).toMatchObject({ code: '23514', constraint: 'reminders_name_check', table: 'reminders' });
    expect(database).toHaveProperty('stack');
  });
});

describe('no member is named in the log', () => {
  const MEMBER = '1328374655667123456';
  const GUILD = '1111111111111111111';
  const PATHS = [
    `/guilds/${GUILD}/members/${MEMBER}`,
    `/guilds/${GUILD}/members/${MEMBER}/roles/2222222222222222222`,
    `/guilds/${GUILD}/bans/${MEMBER}`,
    `/guilds/${GUILD}/voice-states/${MEMBER}`,
    `/users/${MEMBER}`,
    `/channels/${MEMBER}/messages`,
    `/channels/3333333333333333333/recipients/${MEMBER}`,
    `/channels/3333333333333333333/thread-members/${MEMBER}?with_member=true`,
    `/channels/3/messages/4/reactions/party%3A4444444444444444444/${MEMBER}`,
  ];
  const request = (path: string): DiscordAPIError =>
    new DiscordAPIError(
      { code: 50013, message: 'Missing Permissions' },
      50013,
      403,
      'PUT',
      `https://discord.com/api/v10${path}`,
      { body: undefined, files: [] },
    );
  const FIELDS = ['userId', 'memberId', 'user', 'by', 'createdBy', 'recipientId', 'whatever'];

  test.each<[string, () => void]>([
    ...PATHS.map((path): [string, () => void] => [path, () => log.warn({ err: request(path) }, 'x')]),
    ...FIELDS.map((field): [string, () => void] => [field, () => log.warn({ [field]: MEMBER }, 'x')]),
    ['a field of a field', () => log.warn({ duty: { member: { id: MEMBER }, all: [MEMBER] } }, 'x')],
    ['an error', () => log.error({ err: new Error(`no member ${MEMBER}`) }, 'x')],
    ['a cause', () => log.error({ err: new Error('x', { cause: request(PATHS[0] ?? '') }) }, 'x')],
    ['a thrown text', () => log.error({ err: `onboarding:${GUILD}:${MEMBER}` }, 'x')],
    [
      'JSON in an error',
      () => log.error({ err: new Error(`{"user_id":${MEMBER},"guildId":"${MEMBER}"}`) }, 'x'),
    ],
    ['a mention', () => log.info(`<@${MEMBER}> <@!${MEMBER}>`)],
    ['a percent-encoded text', () => log.info(`q=%20${MEMBER}`)],
    [
      "Sapphire's words",
      () => sapphireLogger(log).error('failed for', { id: MEMBER }, request(PATHS[1] ?? '')),
    ],
    ['a child', () => log.child({ user: MEMBER }).info('x')],
  ])('%s', (_place, write) => {
    write();
    expect(lines()).toHaveLength(1);
    expect(written).not.toContain(MEMBER);
    expect(written).toMatch(/\[id-[0-9a-f]{8}\]/);
  });

  test('one member is the same all through the log of a process, and another one in that of the next', async () => {
    log.warn({ userId: MEMBER, err: request(PATHS[0] ?? '') }, 'x');
    log.warn({ userId: GUILD }, 'x');
    const [first, second] = lines() as { userId: string; err: { url: string } }[];
    expect(first?.err.url).toBe(`https://discord.com/api/v10/guilds/${GUILD}/members/${first?.userId}`);
    expect(second?.userId).not.toBe(first?.userId);
    vi.resetModules();
    const { hideMembers } = await import('#lib/logging/logger');
    expect(hideMembers(MEMBER)).not.toBe(first?.userId);
  });

  test('what is the server’s own stays, and so do numbers', () => {
    const fields = { guildId: GUILD, channelId: '22222222222222222', messageId: '33333333333333333' };
    log.warn({ ...fields, reminder: 12, ms: 12.345678901234567, bytes: 1234567890123456 }, 'x');
    expect(lines()[0]).toMatchObject({
      ...fields,
      reminder: 12,
      ms: 12.345678901234567,
      bytes: 1234567890123456,
    });
    log.warn({ err: request(PATHS[1] ?? '') }, 'x');
    expect(lines()[1]?.['err']).toMatchObject({
      url: expect.stringMatching(
        /\/guilds\/1111111111111111111\/members\/\[id-.{8}\]\/roles\/2222222222222222222$/,
      ),
    });
  });
});

test('an error that causes itself is written all the same', () => {
  const error = new Error('round');
  error.cause = error;
  log.error({ err: error }, 'x');
  expect(written).toContain('round');
});

describe("Sapphire's logger", () => {
  test('writes at the levels of the log', () => {
    const logger = sapphireLogger(log);
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) logger[level](level);
    logger.write(LogLevel.None, 'nothing');
    expect(lines().map(({ level, msg }) => [level, msg])).toEqual(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, level]),
    );
  });

  test('keeps an error apart from the words', () => {
    sapphireLogger(log).error('listener', 'failed:', new Error('boom'));
    expect(lines()[0]).toMatchObject({ msg: 'listener failed:', err: { message: 'boom' } });
  });

  test.each([
    ['nested', { a: { b: 1 } }, 'a: { b: 1 }'],
    ['circular', circular(), 'Circular'],
    ['big', 10n, '10'],
  ])('writes any value: %s', (_name, value, shown) => {
    sapphireLogger(log).info('value', value);
    expect(lines()[0]?.msg).toContain(shown);
  });

  test('says which levels are written', () => {
    const logger = sapphireLogger(createLog('warn', { write: () => {} }));
    expect(
      [LogLevel.Debug, LogLevel.Warn, LogLevel.Fatal, LogLevel.None].map((level) => logger.has(level)),
    ).toEqual([false, true, true, false]);
  });
});

function circular(): object {
  const object: Record<string, unknown> = {};
  object['self'] = object;
  return object;
}
