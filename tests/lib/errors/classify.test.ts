import { DiscordAPIError, HTTPError, RateLimitError, REST } from 'discord.js';
import { Pool } from 'pg';
import { describe, expect, test } from 'vitest';
import { classifyError, errorReference } from '#lib/errors/classify';
import { UserError } from '#lib/errors/user-error';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
const discordError = (code: number, status: number): DiscordAPIError =>
  new DiscordAPIError({ code, message: 'x' }, code, status, 'POST', 'https://discord.com/api', {});

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What a person cannot mend and a moment may: PostgreSQL's codes by their names in its appendix A. */
const unavailable = {
  connection_exception: '08000',
  connection_does_not_exist: '08003',
  connection_failure: '08006',
  sqlclient_unable_to_establish_sqlconnection: '08001',
  sqlserver_rejected_establishment_of_sqlconnection: '08004',
  too_many_connections: '53300',
  admin_shutdown: '57P01',
  crash_shutdown: '57P02',
  cannot_connect_now: '57P03',
  query_canceled: '57014',
  'cut off': 'ECONNRESET',
};

/** As pg-pool throws it on. */
const throughPool = (error: Error): Error =>
  Object.assign(error, { stack: `${error.message}\n    at node_modules/pg-pool/index.js:45:11` });

describe('an error is sorted by who must act', () => {
  test.each([
    ...Object.entries(unavailable).map(([name, code]) => [name, coded(code), 'database'] as const),
    ['cut off in a statement', new Error('Connection terminated unexpectedly'), 'database'],
    ['cut off while connecting', new Error('Connection terminated due to connection timeout'), 'database'],
    ['no connection free', new Error('timeout exceeded when trying to connect'), 'database'],
    ['an answer too late', new Error('Query read timeout'), 'database'],
    [
      'a client that broke',
      new Error('Client has encountered a connection error and is not queryable'),
      'database',
    ],
    ['a pool that ended', new Error('Cannot use a pool after calling end on the pool'), 'database'],
    ['no address of Discord reachable', new AggregateError([coded('ECONNREFUSED')]), 'discord'],
    [
      'no address of the database reachable',
      throughPool(new AggregateError([coded('ECONNREFUSED')])),
      'database',
    ],
    ['a broken constraint', coded('23505'), 'unknown'],
    ['a table that is not there', coded('42P01'), 'unknown'],
    ['Missing Access', discordError(50001, 403), 'discord-permission'],
    ['Missing Permissions', discordError(50013, 403), 'discord-permission'],
    ['Unknown Channel', discordError(10003, 404), 'discord'],
    ['a malformed request', discordError(50035, 400), 'discord'],
    [
      'Discord down',
      new HTTPError(503, 'Service Unavailable', 'POST', 'https://discord.com/api', {}),
      'discord',
    ],
    ['our refusal', new UserError('reminders:past', { zone: 'UTC' }), 'user'],
    ['a defect', new TypeError('x is not a function'), 'unknown'],
    ['no error at all', 'ECONNREFUSED', 'unknown'],
    ['nothing', undefined, 'unknown'],
  ] as const)('%s', (_name, error, kind) => {
    expect(classifyError(error)).toBe(kind);
  });

  test('a rate limit that is not waited for is trouble with Discord', () => {
    const data = { global: false, hash: '', limit: 1, majorParameter: '', method: 'POST', retryAfter: 1 };
    const error = new RateLimitError({
      ...data,
      route: '',
      sublimitTimeout: 0,
      timeToReset: 1,
      url: '',
      scope: 'user',
    });
    expect(classifyError(error)).toBe('discord');
  });

  test('a Discord that is not there, although its codes are those of a database', async () => {
    const rest = new REST({ api: 'http://127.0.0.1:1', retries: 0 }).setToken('x');
    const error = await rejection(rest.get('/gateway'));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(classifyError(error)).toBe('discord');
  });

  test("pg's own errors when there is no server or no pool any more", async () => {
    const nobody = { host: '127.0.0.1', port: 1, connectionTimeoutMillis: 1_000 };
    const pool = new Pool(nobody);
    expect(classifyError(await rejection(pool.query('select 1')))).toBe('database');
    await pool.end();
    expect(classifyError(await rejection(pool.query('select 1')))).toBe('database');
  });
});

test('references are short, differ, and have no letters that are mistaken for others', () => {
  const references = Array.from({ length: 500 }, errorReference);
  expect(references.filter((reference) => !/^[A-HJ-NP-Z2-9]{6}$/.test(reference))).toEqual([]);
  expect(new Set(references).size).toBe(500);
});
