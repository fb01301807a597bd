import { beforeEach, describe, expect, test } from 'vitest';
import { FORMER_MEMBER } from '#lib/access/who';
import { LogChannel } from '#lib/log-channel/log-channel';
import { createLog } from '#lib/logging/logger';
import { claimDue, type ClaimedOccurrence } from '#lib/reminders/claims';
import { recoverMended } from '#lib/reminders/recovery';
import {
  renewNotices,
  tellNotice,
  tellOwedNotices,
  type Notice,
  type NoticeDeps,
} from '#lib/reminders/notices';
import { writeParkReason, type ParkReason } from '#lib/reminders/send-result';
import { settle, TOO_LATE } from '#lib/reminders/settlement';
import { Settings } from '#lib/settings/settings';
import { MovableClock } from '#lib/time/clock';
import type { RequestOrderInput } from '../../../sandbox/faults/order.ts';
import type { Person } from '../../../sandbox/people/person.ts';
import { freshCaches } from '../../setup/caches.ts';
import { useDatabase } from '../../setup/database.ts';
import { useClient } from '../discord/sandbox-client.ts';
import { useSentences } from '../i18n/sentences.ts';
import { add, at, type Wanted } from './fixtures.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DUE = '2026-12-01 20:00';
const NO_CHANNEL: ParkReason = { kind: 'no-channel' };

const database = useDatabase();
const connected = useClient({
  name: 'Town',
  owner: 'olivia',
  members: ['mia'],
  channels: [{ name: 'general' }, { name: 'log' }],
});
useSentences();

/** The sandbox's clock shows the real time here, and what was sent is looked for by it. */
let clock: MovableClock;
let deps: NoticeDeps;
let lines: string[] = [];
beforeEach(async () => {
  await database().empty();
  lines = [];
  clock = new MovableClock(new Date());
  const { client } = connected();
  const { db } = database();
  const settings = new Settings({ db, clock, caches: freshCaches() });
  const log = createLog('info', {
    write: (line) => lines.push((JSON.parse(line) as { msg: string }).msg),
  });
  const logChannel = new LogChannel({ client, db, settings, clock, log });
  deps = { client, db, settings, logChannel, clock, log, turn: () => Promise.resolve() };
});

const town = () => {
  const [guild] = connected().guilds;
  if (guild === undefined) throw new Error('no guild');
  return guild;
};
const mia = (): Person => town().member('mia');
const useLogChannel = () =>
  deps.settings.change({
    guildId: town().id,
    key: 'system.log_channel_id',
    value: town().channel('log').id,
    changedBy: '1',
  });
const breakDiscord = (fault: RequestOrderInput['fault'], channel: string): void => {
  const on = `POST /channels/${channel}/messages`;
  connected().sandbox.faults.switchOn({ fault, on, times: 'every', waitMs: 50 });
};
const mendDiscord = (): void => connected().sandbox.faults.clear();

let reminders = 0;
/** Sets a message aside, or gives it up as too late, and dies before it tells anybody. */
async function unsent(reason: ParkReason | null = NO_CHANNEL, wanted: Wanted = {}): Promise<Unsent> {
  reminders += 1;
  const name = `Raid ${reminders}`;
  await add(deps.db, { name, days: 'daily', guildId: town().id, createdBy: mia().id, ...wanted });
  const [claimed] = await claimDue(deps.db, { now: at(DUE), limit: 1, leaseMs: MINUTE_MS });
  if (claimed === undefined) throw new Error('nothing was due');
  const ending =
    reason === null
      ? ({ state: 'missed', reason: TOO_LATE } as const)
      : ({ state: 'parked', reason: writeParkReason(reason) } as const);
  await settle(deps.db, claimed, ending, clock.now());
  return { claimed, name, notice: reason === null ? { kind: 'missed' } : { kind: 'parked', reason } };
}
interface Unsent {
  readonly claimed: ClaimedOccurrence;
  readonly name: string;
  readonly notice: Notice;
}
const tellFirst = ({ claimed, notice }: Unsent, isMine = () => true) =>
  tellNotice(deps, claimed, notice, { attempts: 1, since: clock.now(), isMine });
async function tellAfter(ms: number): Promise<void> {
  clock.advance(ms);
  await tellOwedNotices(deps);
}
/** What of it stands in a channel, or in Mia's direct messages: their titles. */
const told = ({ name }: Unsent, where: 'log' | 'dm' = 'log') =>
  (where === 'log' ? town().owner.sees('log') : mia().dms).flatMap(({ text, embeds }) =>
    text.includes(name) ? [embeds[0]?.title] : [],
  );
const owed = async (): Promise<number> =>
  (
    await deps.db
      .selectFrom('reminder_occurrences')
      .select('id')
      .where('notice_due_at', 'is not', null)
      .execute()
  ).length;

describe('a message that was not sent', () => {
  test.each([
    ['set aside', NO_CHANNEL, 'Reminder could not be sent'],
    ['too late', null, 'Reminder missed'],
  ])('is told by others when whoever gave it up (%s) died before it did', async (_why, reason, title) => {
    await useLogChannel();
    const one = await unsent(reason);
    await tellAfter(MINUTE_MS / 2);
    expect(told(one)).toEqual([]);
    await Promise.all([tellAfter(MINUTE_MS / 2), tellAfter(0)]);
    expect([told(one), await owed()]).toEqual([[title], 0]);
    await tellAfter(DAY_MS);
    expect(told(one)).toHaveLength(1);
  });

  test('is told at once, and no more', async () => {
    await useLogChannel();
    const one = await unsent();
    await tellFirst(one);
    await tellAfter(DAY_MS);
    expect(told(one)).toHaveLength(1);
  });

  test('is told once though Discord did not say that it had taken the first attempt', async () => {
    await useLogChannel();
    const { rest } = deps.client;
    const patience = rest.options.timeout;
    rest.options.timeout = 50;
    breakDiscord('timeout after accepting', town().channel('log').id);
    const one = await unsent();
    await tellFirst(one);
    rest.options.timeout = patience;
    mendDiscord();
    expect([told(one).length, await owed()]).toEqual([1, 1]);
    await tellAfter(MINUTE_MS);
    expect([told(one).length, await owed()]).toEqual([1, 0]);
  });

  test('is told later when Discord has trouble, up to a day', async () => {
    await useLogChannel();
    breakDiscord('500', town().channel('log').id);
    const [one, other] = [await unsent(), await unsent(null)];
    await tellFirst(one);
    await tellAfter(MINUTE_MS);
    expect([told(one), told(other), await owed()]).toEqual([[], [], 2]);
    mendDiscord();
    await tellAfter(20 * MINUTE_MS);
    expect([told(one).length, told(other).length, await owed()]).toEqual([1, 1, 0]);

    breakDiscord('500', town().channel('log').id);
    await unsent();
    await tellAfter(DAY_MS + MINUTE_MS);
    mendDiscord();
    expect([await owed(), lines.at(-1)]).toEqual([0, 'reminder: nobody could be told that it was not sent']);
  });

  test('is told its maker where there is no log channel, once', async () => {
    const one = await unsent();
    await tellAfter(MINUTE_MS);
    await tellAfter(DAY_MS);
    expect(told(one, 'dm')).toEqual(['Reminder could not be sent']);
    const late = await unsent(null);
    await tellAfter(MINUTE_MS);
    expect([told(late, 'dm'), await owed()]).toEqual([[], 0]);
  });

  test('is told its maker later when Discord has trouble, up to a day', async () => {
    connected().sandbox.faults.switchOn({ fault: '500', on: 'messages', times: 'every' });
    const one = await unsent();
    await tellAfter(MINUTE_MS);
    expect([told(one, 'dm'), await owed()]).toEqual([[], 1]);
    mendDiscord();
    await tellAfter(MINUTE_MS);
    expect([told(one, 'dm').length, await owed()]).toEqual([1, 0]);

    connected().sandbox.faults.switchOn({ fault: '500', on: 'messages', times: 'every' });
    await unsent();
    await tellAfter(DAY_MS + MINUTE_MS);
    mendDiscord();
    expect([await owed(), lines.at(-1)]).toEqual([0, 'reminder: nobody could be told that it was not sent']);
  });

  test('is told nobody when its maker takes no direct messages, or is a member no more', async () => {
    mia().acceptsDirectMessages(false);
    await unsent();
    await tellAfter(MINUTE_MS);
    expect([await owed(), lines]).toEqual([0, ['reminder: its maker cannot be told']]);
    mia().acceptsDirectMessages(true);
    const one = await unsent(NO_CHANNEL, { createdBy: FORMER_MEMBER });
    await tellAfter(MINUTE_MS);
    expect([told(one, 'dm'), await owed()]).toEqual([[], 0]);
  });

  test('is told nobody when it goes to one member alone', async () => {
    await useLogChannel();
    const one = await unsent({ kind: 'recipient-closed' }, { recipientId: mia().id });
    expect(await owed()).toBe(0);
    await tellAfter(DAY_MS);
    expect([told(one), told(one, 'dm')]).toEqual([[], []]);
  });

  test('is not told when it was mended before anybody was', async () => {
    await useLogChannel();
    const one = await unsent();
    await recoverMended(
      { db: deps.db, obstacleTo: () => null, maxLatenessMs: () => Promise.resolve(DAY_MS) },
      clock.now(),
    );
    await tellAfter(MINUTE_MS);
    expect([told(one), await owed()]).toEqual([[], 0]);
    // And news when it fails again for the same reason.
    const [again] = await claimDue(deps.db, { now: at(DUE), limit: 1, leaseMs: MINUTE_MS });
    expect(again?.id).toBe(one.claimed.id);
    const ending = { state: 'parked', reason: writeParkReason(NO_CHANNEL) } as const;
    expect(again && (await settle(deps.db, again, ending, clock.now()))).toBe('owes-notice');
  });

  test('is left to whoever is about to tell it, and keeps saying so', async () => {
    await useLogChannel();
    const one = await unsent();
    clock.advance(MINUTE_MS / 2);
    await renewNotices(deps.db, [one.claimed], new Date(clock.now().getTime() + MINUTE_MS));
    await tellAfter(MINUTE_MS / 2);
    expect(told(one)).toEqual([]);
    await tellAfter(MINUTE_MS / 2);
    expect(told(one)).toHaveLength(1);
  });

  test('is not told by one who slept over it until others had', async () => {
    await useLogChannel();
    const one = await unsent();
    await tellAfter(MINUTE_MS);
    expect([told(one).length, await owed()]).toEqual([1, 0]);
    // Discord remembers the nonce no longer.
    connected().sandbox.world.nonces.clear();
    await tellFirst(one, () => false);
    expect(told(one)).toHaveLength(1);
    const other = await unsent();
    await tellFirst(other, () => false);
    expect([told(other), await owed()]).toEqual([[], 1]);
  });

  test('is left to whoever began to tell it while another one slept over a failure', async () => {
    await useLogChannel();
    const one = await unsent();
    clock.advance(MINUTE_MS);
    // Another process has claimed it and is at it.
    await deps.db.updateTable('reminder_occurrences').set({ notice_attempts: 2 }).execute();
    const before = await deps.db.selectFrom('reminder_occurrences').select('notice_due_at').execute();
    await tellFirst(one, () => false);
    expect(await deps.db.selectFrom('reminder_occurrences').select('notice_due_at').execute()).toEqual(
      before,
    );
  });

  test('is told with all others that nobody told, however many', async () => {
    await useLogChannel();
    const many: Unsent[] = [];
    for (let number = 0; number < 12; number += 1) many.push(await unsent());
    await tellAfter(MINUTE_MS);
    expect(many.map((one) => told(one).length)).toEqual(many.map(() => 1));
  });
});
