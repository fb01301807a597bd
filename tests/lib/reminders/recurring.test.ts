import { beforeEach, expect, test } from 'vitest';
import { claimDue } from '#lib/reminders/claims';
import { settle } from '#lib/reminders/settlement';
import { useDatabase } from '../../setup/database.ts';
import { useSentences } from '../i18n/sentences.ts';
import { refusalOf } from '../errors/refusal.ts';
import { add, at, occurrences } from './fixtures.ts';

const database = useDatabase();
useSentences();
beforeEach(() => database().empty());

const db = () => database().db;
const FORTNIGHTLY = {
  days: [],
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  recursFrom: '2026-12-01',
  recursUntil: null,
} as const;

/** Sends what is due at a moment; the first of it. */
async function send(when: string): Promise<void> {
  const [claimed] = await claimDue(db(), { now: at(when), limit: 1, leaseMs: 60_000 });
  if (claimed === undefined) throw new Error('nothing was due');
  await settle(db(), claimed, { state: 'sent', messageId: '1' }, at(when));
}
const due = async (): Promise<string[]> =>
  (await occurrences(db())).map((occurrence) => `${occurrence.due} ${occurrence.state}`);
const finishedAt = async () =>
  (await db().selectFrom('reminders').select('finished_at').executeTakeFirstOrThrow()).finished_at;

test('a rule is kept, and leads from event to event', async () => {
  const { reminder, next } = await add(db(), { recurrence: FORTNIGHTLY });
  expect(reminder).toMatchObject({ ...FORTNIGHTLY, eventTime: null });
  expect(next.map(({ dueAt }) => dueAt)).toEqual(
    ['2026-12-01 19:00', '2026-12-15 19:00', '2026-12-29 19:00'].map((when) => at(when)),
  );
  await send('2026-12-01 19:00');
  expect(await due()).toEqual(['2026-12-01 19:00 sent', '2026-12-15 19:00 pending']);
});

test('what has reached its end is finished', async () => {
  await add(db(), { recurrence: { ...FORTNIGHTLY, recursUntil: '2026-12-15' } });
  await send('2026-12-01 19:00');
  expect(await finishedAt()).toBeNull();
  await send('2026-12-15 19:00');
  expect([await finishedAt(), await due()]).toEqual([
    at('2026-12-15 19:00'),
    ['2026-12-01 19:00 sent', '2026-12-15 19:00 sent'],
  ]);
});

test('what ends before it begins is refused', async () => {
  const never = { ...FORTNIGHTLY, recursFrom: '2026-12-02', recursUntil: '2026-12-14' };
  expect((await refusalOf(() => add(db(), { recurrence: never }))).text).toContain('2026-12-14');
});
