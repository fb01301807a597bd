import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { isSettingKey } from '#lib/settings/definitions';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigError,
  formerVariableNotices,
  processEnvironment,
  readConfig,
  variableNames,
} from '../src/config.ts';

const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB';
const complete = { BOT_TOKEN: TOKEN };
const secretOf = (letter: string): string => `v1,whsec_${Buffer.alloc(32, letter).toString('base64')}`;

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('a token is all that is needed', () => {
  expect(readConfig(complete)).toEqual({
    botToken: TOKEN,
    databaseUrl: null,
    dataDirectory: `${process.cwd()}/data`,
    enableEveryoneMentions: false,
    logLevel: 'info',
    discordApiUrl: null,
    openai: null,
    supabase: null,
    telemetryEveryS: null,
    http: {
      port: 8000,
      host: '127.0.0.1',
      baseUrl: null,
      allowedOrigins: [],
      trustedProxies: 0,
      serviceKey: null,
      discordClientSecret: null,
      supabase: null,
      supabaseWebhookKeys: [],
      serviceName: 'alphapy-service',
      metricsToken: null,
    },
  });
});

test('everything can be chosen, with space around it', () => {
  const env = {
    BOT_TOKEN: ` ${TOKEN}\n`,
    DATABASE_URL: 'postgresql://alphapy:p%40ss@db.example:5433/alphapy?sslmode=require',
    DATA_DIRECTORY: '/var/lib/alphapy',
    ENABLE_EVERYONE_MENTIONS: 'TRUE',
    LOG_LEVEL: 'debug',
    DISCORD_API_URL: 'http://127.0.0.1:4000/api',
    OPENAI_API_KEY: 'sk-1',
    OPENAI_BASE_URL: 'http://127.0.0.1:4001/v1',
    OPENAI_MODEL: 'small',
    OPENAI_PRICES: 'small=0.15/0.6, *=0/0',
    OPENAI_DAILY_BUDGET_CENTS: '500',
    SUPABASE_URL: 'https://project.supabase.co',
    SUPABASE_SERVICE_ROLE_KEY: 'service-role',
    PORT: '8080',
    HOST: '0.0.0.0',
    ALPHAPY_BASE_URL: 'https://bot.example/',
    ALLOWED_ORIGINS: 'https://app.example, http://localhost:3000',
    TRUST_PROXY: '1',
    SERVICE_NAME: 'alphapy-blue',
    API_KEY: 'a-key-of-at-least-24-characters',
    DISCORD_CLIENT_SECRET: 'client-secret',
    SUPABASE_ANON_KEY: 'anon',
    SUPABASE_JWT_SECRET: 'a-secret-of-at-least-32-characters',
    SUPABASE_JWKS_URL: 'https://keys.example/jwks.json',
    SUPABASE_ISSUER: 'https://issuer.example/',
    SUPABASE_JWT_AUDIENCE: 'people',
    SUPABASE_WEBHOOK_SECRET: `${secretOf('n')}|${secretOf('o')}`,
    METRICS_TOKEN: 'a-token-of-at-least-24-characters',
    TELEMETRY: 'on',
    TELEMETRY_INGEST_INTERVAL: '30',
  };
  expect(readConfig(env)).toEqual({
    botToken: TOKEN,
    databaseUrl: env.DATABASE_URL,
    dataDirectory: '/var/lib/alphapy',
    enableEveryoneMentions: true,
    logLevel: 'debug',
    discordApiUrl: env.DISCORD_API_URL,
    openai: {
      apiKey: 'sk-1',
      baseUrl: env.OPENAI_BASE_URL,
      model: 'small',
      prices: { small: { input: 150, output: 600 }, '*': { input: 0, output: 0 } },
      dailyBudgetCents: 500,
    },
    supabase: { url: env.SUPABASE_URL, serviceRoleKey: 'service-role' },
    telemetryEveryS: 30,
    http: {
      port: 8080,
      host: '0.0.0.0',
      baseUrl: 'https://bot.example',
      allowedOrigins: ['https://app.example', 'http://localhost:3000'],
      trustedProxies: 1,
      serviceKey: 'a-key-of-at-least-24-characters',
      discordClientSecret: 'client-secret',
      supabase: {
        authUrl: 'https://project.supabase.co/auth/v1',
        issuer: 'https://issuer.example/',
        audience: 'people',
        jwksUrl: 'https://keys.example/jwks.json',
        jwtSecret: 'a-secret-of-at-least-32-characters',
        anonKey: 'anon',
        serviceRoleKey: 'service-role',
      },
      supabaseWebhookKeys: [Buffer.alloc(32, 'n'), Buffer.alloc(32, 'o')],
      serviceName: 'alphapy-blue',
      metricsToken: 'a-token-of-at-least-24-characters',
    },
  });
});

test('an address of Supabase is enough to know people by it; keys without it are said', () => {
  const config = readConfig({ ...complete, SUPABASE_URL: 'https://project.supabase.co/' });
  expect(config.supabase).toBeNull();
  expect(config.http?.supabase).toEqual({
    authUrl: 'https://project.supabase.co/auth/v1',
    issuer: 'https://project.supabase.co/auth/v1',
    audience: 'authenticated',
    jwksUrl: 'https://project.supabase.co/auth/v1/.well-known/jwks.json',
    jwtSecret: null,
    anonKey: null,
    serviceRoleKey: null,
  });
  expect(problemsOf({ ...complete, SUPABASE_SERVICE_ROLE_KEY: 'key' })).toEqual([
    'SUPABASE_SERVICE_ROLE_KEY needs SUPABASE_URL. Set both, or leave both out.',
  ]);
});

test.each(variableNames)('%s counts as absent when it is empty', (name) => {
  const withEmpty = (value: string) => problemsOf({ ...complete, [name]: value });
  expect([withEmpty(''), withEmpty('  ')]).toEqual([
    problemsOf({ ...complete, [name]: undefined }),
    problemsOf({ ...complete, [name]: undefined }),
  ]);
});

describe('what cannot be used is one sentence that names its variable and does not quote it', () => {
  test.each([
    ['BOT_TOKEN', undefined],
    ['BOT_TOKEN', 'Bot MTIzNDU2.abc.hunter2'],
    ['BOT_TOKEN', '"MTIzNDU2.abc.hunter2"'],
    ['BOT_TOKEN', 'hunter2'],
    ['DATABASE_URL', 'mysql://alphapy:hunter2@localhost/alphapy'],
    ['DATABASE_URL', 'alphapy:hunter2@localhost'],
    ['DATABASE_URL', 'postgres://'],
    ['ENABLE_EVERYONE_MENTIONS', 'hunter2'],
    ['ENABLE_EVERYONE_MENTIONS', 'constructor'],
    ['LOG_LEVEL', 'verbose'],
    ['DISCORD_API_URL', 'ftp://hunter2@discord.example'],
    ['DISCORD_API_URL', 'discord.example'],
    ['OPENAI_API_KEY', 'sk-1 hunter2'],
    ['OPENAI_BASE_URL', 'ftp://hunter2@ai.example'],
    ['OPENAI_PRICES', 'hunter2=cheap'],
    ['OPENAI_PRICES', 'hunter2=0.1234/1'],
    ['OPENAI_PRICES', 'hunter2=-1/1'],
    ['OPENAI_DAILY_BUDGET_CENTS', 'hunter2'],
    ['SUPABASE_URL', 'postgres://hunter2@project.example'],
    ['SUPABASE_SERVICE_ROLE_KEY', 'service hunter2'],
    ['SUPABASE_WEBHOOK_SECRET', 'v1,whsec_hunter2'],
    ['SUPABASE_WEBHOOK_SECRET', `${secretOf('n')}|hunter2`],
    ['METRICS_TOKEN', 'hunter2'],
    ['TELEMETRY', 'hunter2'],
    ['TELEMETRY_INGEST_INTERVAL', 'hunter2'],
    ['TELEMETRY_INGEST_INTERVAL', '29'],
    ['TELEMETRY_INGEST_INTERVAL', '61'],
    ['TELEMETRY_INGEST_INTERVAL', '45.5'],
    // Without Supabase there is nowhere to write to.
    ['TELEMETRY', 'on'],
  ])('%s=%s', (name, value) => {
    const [problem, ...others] = problemsOf({ ...complete, [name]: value });
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} .*\\.$`));
    expect(problem).not.toContain('hunter2');
  });
});

test('all problems are told at once', () => {
  const problems = problemsOf({
    DATABASE_URL: 'x',
    ENABLE_EVERYONE_MENTIONS: 'x',
    LOG_LEVEL: 'x',
    DISCORD_API_URL: 'x',
  });
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'BOT_TOKEN',
    'DATABASE_URL',
    'ENABLE_EVERYONE_MENTIONS',
    'LOG_LEVEL',
    'DISCORD_API_URL',
  ]);
  expect(new ConfigError(problems).message.split('\n')).toHaveLength(5);
});

test('.env.example names exactly the variables that are read, and works once the token is filled in', async () => {
  const example = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  expect(lines.map(([name]) => name).sort()).toEqual([...variableNames].sort());
  expect(readConfig({ ...Object.fromEntries(lines), BOT_TOKEN: TOKEN })).toEqual(readConfig(complete));
});

describe('the file .env', () => {
  const directory = mkdtempSync(join(tmpdir(), 'alphapy-config-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };

  test('may begin with a byte order mark and end its lines as Windows does', () => {
    const path = file('bom', '\uFEFFALPHAPY_TEST_A=1\r\nALPHAPY_TEST_B="two words"\r\n');
    expect(processEnvironment(path)).toMatchObject({ ALPHAPY_TEST_A: '1', ALPHAPY_TEST_B: 'two words' });
  });

  test('does not overrule the environment, and may be missing', () => {
    expect(processEnvironment(file('path', 'PATH=elsewhere'))['PATH']).toBe(process.env['PATH']);
    expect(processEnvironment(join(directory, 'missing'))).toEqual(process.env);
  });

  test('is refused in a sentence when it cannot be read', () => {
    expect(() => processEnvironment(directory)).toThrow('.env cannot be read (EISDIR)');
  });
});

describe('variables of the original', () => {
  test.each([
    ['LOG_CHANNEL_ID', 'system.log_channel_id'],
    ['WATCHER_LOG_CHANNEL', 'system.log_channel_id'],
    ['REMINDER_CHANNEL_ID', 'reminders.default_channel_id'],
    ['RULES_CHANNEL_ID', 'system.rules_channel_id'],
    ['ANNOUNCEMENTS_CHANNEL_ID', 'embedwatcher.announcements_channel_id'],
    ['TICKET_ACCESS_ROLE_ID', 'ticketbot.staff_role_id'],
  ])('%s is ignored with a line that names %s', (name, setting) => {
    const [notice, ...others] = formerVariableNotices({ ...complete, [name]: '1328374655667123456' });
    expect(others).toEqual([]);
    expect(notice).toMatch(new RegExp(`^${name} is ignored: .*${setting} with /config`));
    expect(readConfig({ ...complete, [name]: '1328374655667123456' })).toEqual(readConfig(complete));
  });

  test('others are ignored with a line as well; absent and empty ones say nothing', () => {
    const env = { ADMIN_ROLE_ID: '1', MAIN_GUILD_ID: '2', ROLE_ID: '', LOG_CHANNEL_ID: ' ', OTHER: 'x' };
    const named = formerVariableNotices(env).map((notice) => notice.split(' ')[0]);
    expect(new Set(named)).toEqual(new Set(['ADMIN_ROLE_ID', 'MAIN_GUILD_ID']));
  });

  test('each setting that a line names exists', () => {
    const everything = new Proxy({}, { get: () => '1' });
    const notices = formerVariableNotices(everything);
    const named = notices.flatMap((notice) => /sets (\S+) with/.exec(notice)?.[1] ?? []);
    expect(named.filter((key) => !isSettingKey(key))).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});

test('PORT=off: the bot listens nowhere', () => {
  expect(readConfig({ ...complete, PORT: 'off' }).http).toBeNull();
});

test.each([
  ['PORT', '70000', /PORT must be a number up to 65535, or off/],
  ['ALLOWED_ORIGINS', '*', /without a path or a star/],
  ['ALLOWED_ORIGINS', 'https://app.example/path', /without a path or a star/],
  ['TRUST_PROXY', 'yes', /number of proxies/],
  ['API_KEY', 'short', /at least 24 characters/],
  ['SUPABASE_JWT_SECRET', 'short', /at least 32 characters/],
  ['SUPABASE_JWKS_URL', 'keys.example', /http or https address/],
  ['DISCORD_CLIENT_SECRET', 'two words', /"OAuth2" page/],
  ['ALPHAPY_BASE_URL', 'bot.example', /address at which people reach/],
])('%s=%s is refused with a sentence', (name, value, sentence) => {
  expect(problemsOf({ ...complete, [name]: value })).toEqual([expect.stringMatching(sentence)]);
});
