import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/access/who';
import { claimDue } from '#lib/reminders/claims';
import { pauseReminder, resumeReminder } from '#lib/reminders/pause';
import { findManageable } from '#lib/reminders/search';
import { postpone, settle } from '#lib/reminders/settlement';
import { useDatabase } from '../../setup/database.ts';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import { add, at, GUILD, MIA, NOW, occurrences, SAM } from './fixtures.ts';

const database = useDatabase();
useSentences();
beforeEach(() => database().empty());

const db = () => database().db;
const member = (userId: string): Actor => ({
  userId,
  guildOwnerId: '1',
  permissions: new PermissionsBitField(PermissionFlagsBits.SendMessages),
});
const pause = (who: string = MIA, now = NOW) => pauseReminder(db(), GUILD, 1, member(who), now);
const resume = (when: string, who: string = MIA) => resumeReminder(db(), GUILD, 1, member(who), at(when));
const due = async () => (await occurrences(db())).map((one) => `${one.due} ${one.state}`);
const claimOne = async (when: string) => {
  const [claimed] = await claimDue(db(), { now: at(when), limit: 1, leaseMs: 60_000 });
  if (claimed === undefined) throw new Error('nothing was due');
  return claimed;
};

test('a paused reminder owes nothing; resumed, it goes on from then', async () => {
  await add(db(), { days: 'daily', preAlerts: [1440] });
  expect((await pause()).pausedAt).toEqual(NOW);
  expect(await due()).toEqual([]);
  expect((await resume('2026-12-05 19:30')).nextDueAt).toEqual(at('2026-12-05 20:00'));
  expect((await due()).toSorted()).toEqual(['2026-12-05 20:00 pending', '2026-12-06 19:00 pending']);
});

test('a one-off whose event passed meanwhile says what to do, and stays paused', async () => {
  await add(db());
  await pause();
  expect((await refusalOf(() => resume('2026-12-01 20:00'))).text).toContain('/reminder_edit');
  expect((await resume('2026-12-01 19:59')).nextDueAt).toEqual(at('2026-12-01 20:00'));
  expect(await due()).toEqual(['2026-12-01 20:00 pending']);
});

test('what is on its way arrives, and nothing follows it until the reminder is resumed', async () => {
  await add(db(), { days: 'daily' });
  const onItsWay = await claimOne('2026-12-01 19:00');
  await pause(MIA, at('2026-12-01 19:00'));
  await settle(db(), onItsWay, { state: 'sent', messageId: '1' }, at('2026-12-01 19:00'));
  expect(await due()).toEqual(['2026-12-01 19:00 sent']);
  await resume('2026-12-01 19:01');
  expect(await due()).toEqual(['2026-12-01 19:00 sent', '2026-12-02 19:00 pending']);
});

test('what may have arrived is looked for yet; what was set aside is given up', async () => {
  await add(db(), { days: 'daily' });
  const uncertain = await claimOne('2026-12-01 19:00');
  await postpone(db(), uncertain, { reason: 'x', until: at('2026-12-01 19:01'), isUncertain: true });
  await pause();
  const again = await claimOne('2026-12-01 19:01');
  expect([again.id, again.reminder.pausedAt]).toEqual([uncertain.id, NOW]);
  await resume('2026-12-01 19:01');
  await settle(db(), again, { state: 'parked', reason: 'x' }, at('2026-12-01 19:01'));
  await pause();
  expect(await due()).toEqual(['2026-12-01 19:00 missed']);
});

test.each([
  ['paused twice', async () => (await pause(), pause()), 'reminders:pause.already'],
  ['resumed while it runs', () => resume('2026-12-01 12:00'), 'reminders:pause.not'],
  ["somebody else's", () => pause(SAM), 'reminders:notYours'],
])('%s is refused', async (_what, act, sentence) => {
  await add(db());
  expect(await refusalOf(act)).toMatchObject({ sentence });
});

test('only what is paused can be chosen to resume, and only the rest to pause', async () => {
  await add(db(), { name: 'one' });
  await add(db(), { name: 'two' });
  await pause();
  const names = async (which: 'all' | 'running' | 'paused') =>
    (await findManageable(db(), GUILD, member(MIA), '', 10, which)).map(({ name }) => name).toSorted();
  expect([await names('all'), await names('running'), await names('paused')]).toEqual([
    ['one', 'two'],
    ['two'],
    ['one'],
  ]);
});
