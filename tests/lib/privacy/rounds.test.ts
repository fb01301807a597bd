import { DiscordAPIError, HTTPError, type Client } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import { createLog } from '#lib/logging/logger';
import { memberLeft } from '#lib/privacy/leaving';
import { goRound } from '#lib/privacy/rounds';
import { MovableClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOW = new Date('2026-12-02T09:00:00Z');
const [HERE, THERE] = ['9100000000003', '9200000000004'] as const;
/** Neighbours, the closest that ids can be. */
const PEOPLE = Array.from({ length: 12 }, (_, index) => String(7_000_000_000_001 + index));

const database = useDatabase();
const db = () => database().db;
let clock: MovableClock;
/** `guild person`, in the order in which Discord was asked. */
let asked: string[];
/** What Discord answers about whom, where it is not that they are a member. */
let answers: Map<string, Error>;

beforeEach(async () => {
  await database().empty();
  clock = new MovableClock(NOW);
  asked = [];
  answers = new Map();
});

const apiError = (code: number): Error =>
  new DiscordAPIError({ code, message: 'no' }, code, 404, 'GET', '', { body: undefined, files: [] });

function guild(id: string, available = true): object {
  const fetch = ({ user }: { user: string }): Promise<object> => {
    asked.push(`${id} ${user}`);
    const answer = answers.get(user);
    return answer === undefined ? Promise.resolve({}) : Promise.reject(answer);
  };
  return { available, members: { fetch } };
}

/** One run of the task, in a process that remembers nothing of the one before. */
async function run(guilds: ReadonlyMap<string, object> = new Map([[HERE, guild(HERE)]])): Promise<string[]> {
  asked = [];
  await goRound({
    db: db(),
    clock,
    log: createLog('silent'),
    client: { guilds: { cache: guilds } } as unknown as Client,
    turn: () => Promise.resolve(),
  });
  return asked.map((one) => one.replace(`${HERE} `, ''));
}

async function changedSettings(people: readonly string[], guildId: string = HERE): Promise<void> {
  const setting = { guild_id: guildId, scope: 'system', value: '1', value_type: 'text' };
  await db()
    .insertInto('bot_settings')
    .values(people.map((userId) => ({ ...setting, key: `key${userId}`, updated_by: userId })))
    .execute();
}

const left = async (): Promise<string[]> => {
  const rows = await db().selectFrom('erasures').select(['user_id', 'guild_id']).orderBy('id').execute();
  return rows.map((row) => `${row.guild_id} ${row.user_id}`);
};

test('everybody is asked about once in a week, a few at a time, whichever process does it', async () => {
  await changedSettings(PEOPLE);
  expect(await run()).toEqual(PEOPLE.slice(0, 5));
  expect(await run()).toEqual(PEOPLE.slice(5, 10));
  expect(await run()).toEqual(PEOPLE.slice(10));
  clock.advance(7 * DAY_MS - MINUTE_MS);
  expect(await run()).toEqual([]);
  clock.advance(MINUTE_MS);
  expect(await run()).toEqual(PEOPLE.slice(0, 5));
});

test('where a round stands names nobody', async () => {
  await changedSettings(PEOPLE);
  await run();
  const { rows } = await database().pool.query<{ place: string }>('select place from member_rounds');
  expect(rows).toHaveLength(1);
  expect(PEOPLE).not.toContain(rows[0]?.place);
  expect(rows[0]?.place).not.toBeNull();
});

test('who is gone is noted, who is back no longer, who is unknown to Discord is gone as well', async () => {
  await changedSettings(PEOPLE.slice(0, 3));
  answers.set(PEOPLE[0] ?? '', apiError(10007)).set(PEOPLE[1] ?? '', apiError(10013));
  await memberLeft(db(), HERE, PEOPLE[2] ?? '', NOW);
  await run();
  expect(await left()).toEqual([`${HERE} ${PEOPLE[0]}`, `${HERE} ${PEOPLE[1]}`]);
});

test.each([
  ['a server that Discord does not show', 10004],
  ['a refusal', 50001],
])('%s says nothing about anybody, and the others have their turn', async (_what, code) => {
  await changedSettings(PEOPLE.slice(0, 3));
  answers.set(PEOPLE[0] ?? '', apiError(code));
  expect(await run()).toEqual(PEOPLE.slice(0, 3));
  expect(await left()).toEqual([]);
});

test('when Discord is down nobody is taken for gone, and one request a run finds out when it is back', async () => {
  await changedSettings(PEOPLE.slice(0, 3));
  const down = new HTTPError(503, 'Service Unavailable', 'GET', '', { body: undefined, files: [] });
  for (const person of PEOPLE) answers.set(person, down);
  expect(await run()).toEqual([PEOPLE[0]]);
  answers.clear();
  expect(await run()).toEqual(PEOPLE.slice(1, 3));
  expect(await left()).toEqual([]);
});

test('each server that holds something of them is asked, but for those that the bot is not in or that are down', async () => {
  const [person = ''] = PEOPLE;
  const [gone, away] = ['9300000000005', '9400000000006'];
  for (const guildId of [HERE, THERE, gone, away]) await changedSettings([person], guildId);
  answers.set(person, apiError(10007));
  await run(
    new Map([
      [HERE, guild(HERE)],
      [THERE, guild(THERE)],
      [away, guild(away, false)],
    ]),
  );
  expect(asked).toEqual([`${HERE} ${person}`, `${THERE} ${person}`]);
  expect(await left()).toEqual([`${HERE} ${person}`, `${THERE} ${person}`]);
});

test('what an erasure left, and what somebody asked for, names nobody to ask about', async () => {
  await changedSettings(['0']);
  await memberLeft(db(), HERE, PEOPLE[0] ?? '', NOW);
  expect(await run()).toEqual([]);
});
