import type { Insertable } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ReminderOccurrences, Reminders, SettingsHistory } from '#db/types';
import { useDatabase } from '../setup/database.ts';

const database = useDatabase();
const EVENT = new Date('2026-12-01T18:00:00Z');

const reminder: Insertable<Reminders> = {
  guild_id: '1',
  name: 'Stand-up',
  channel_id: '2',
  time: '18:00',
  call_time: '19:00',
  created_by: '3',
  offset_minutes: 60,
  event_time: EVENT,
};

const RULE: Partial<Insertable<Reminders>> = {
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
  recurs_from: '2026-12-01',
  event_time: null,
};

const occurrence: Insertable<ReminderOccurrences> = {
  reminder_id: 1,
  guild_id: '1',
  kind: 'event',
  due_at: EVENT,
  event_at: EVENT,
  offset_minutes: 0,
  next_attempt_at: EVENT,
  nonce: 'n',
};

const entry: Insertable<SettingsHistory> = {
  guild_id: '1',
  scope: 's',
  key: 'k',
  value_type: 't',
  change_type: 'created',
};

const addReminder = (change: Partial<Insertable<Reminders>> = {}) =>
  database()
    .db.insertInto('reminders')
    .values({ ...reminder, ...change })
    .returningAll()
    .executeTakeFirstOrThrow();
const addOccurrence = (change: Partial<Insertable<ReminderOccurrences>> = {}) =>
  database()
    .db.insertInto('reminder_occurrences')
    .values({ ...occurrence, ...change })
    .returning('id')
    .executeTakeFirstOrThrow();
const addEntry = (change: Partial<Insertable<SettingsHistory>> = {}) =>
  database()
    .db.insertInto('settings_history')
    .values({ ...entry, ...change })
    .returning('id')
    .executeTakeFirstOrThrow();

beforeEach(() => database().empty());

describe('reminders', () => {
  test('a one-off, with its defaults', async () => {
    const { created_at, updated_at, ...row } = await addReminder();
    expect(row).toMatchObject({
      id: 1,
      days: [],
      message: '',
      mention_everyone: false,
      time: '18:00:00',
      event_time: EVENT,
    });
    expect(created_at).toEqual(updated_at);
  });

  test.each<[string, Partial<Insertable<Reminders>>, string]>([
    ['no name', { name: '' }, 'reminders_name_check'],
    ['a name of 101 characters', { name: 'ä'.repeat(101) }, 'reminders_name_check'],
    ['a message of 2001 characters', { message: 'x'.repeat(2001) }, 'reminders_message_check'],
    ['a location of 201 characters', { location: 'x'.repeat(201) }, 'reminders_location_check'],
    ['an eighth day', { days: ['0', '7'], event_time: null }, 'reminders_days_check'],
    ['a negative offset', { offset_minutes: -1 }, 'reminders_offset_minutes_check'],
    ['an offset of more than a week', { offset_minutes: 10_081 }, 'reminders_offset_minutes_check'],
    ['days and a date', { days: ['0'] }, 'reminders_one_kind'],
    ['a rule and a date', { ...RULE, event_time: EVENT, recurs_from: null }, 'reminders_one_kind'],
    ['a rule and days', { ...RULE, days: ['0'] }, 'reminders_one_kind'],
    ['neither days nor a rule nor a date', { event_time: null }, 'reminders_one_kind'],
    ['a rule of 201 characters', { ...RULE, rrule: 'x'.repeat(201) }, 'reminders_rrule_check'],
    ['a rule from no date', { ...RULE, recurs_from: null }, 'reminders_recurrence_dates'],
    ['an end before its beginning', { ...RULE, recurs_until: '2026-11-30' }, 'reminders_recurrence_dates'],
    ['a last date of a one-off', { recurs_until: '2026-12-31' }, 'reminders_recurrence_dates'],
    ['a pre-alert at the event', { pre_alerts: [60, 0] }, 'reminders_pre_alerts_check'],
    ['a pre-alert of more than a week', { pre_alerts: [10_081] }, 'reminders_pre_alerts_check'],
    ['six pre-alerts', { pre_alerts: [1, 2, 3, 4, 5, 6] }, 'reminders_pre_alerts_check'],
    ['another source', { source: 'import' }, 'reminders_source_check'],
  ])('%s is refused', async (_what, change, constraint) => {
    await expect(addReminder(change)).rejects.toMatchObject({ code: '23514', constraint });
  });

  test.each<[string, Partial<Insertable<Reminders>>]>([
    ['the longest name', { name: '👋'.repeat(100) }],
    ['all days', { days: ['0', '1', '2', '3', '4', '5', '6'], event_time: null }],
    ['the longest offset', { offset_minutes: 10_080 }],
    ['a rule', { ...RULE, recurs_until: '2026-12-01' }],
    ['days with an end', { days: ['0'], event_time: null, recurs_until: '2027-01-01' }],
    ['five pre-alerts', { pre_alerts: [1, 60, 1440, 2880, 10_080] }],
    ['one for a member alone', { recipient_id: '7', paused_at: EVENT, source: 'snooze' }],
  ])('%s is taken', async (_what, change) => {
    expect(await addReminder(change)).toMatchObject(change);
  });

  test('one per announcement and guild; of any message as many as people want', async () => {
    const announcement = { origin_message_id: '9', source: 'announcement' };
    await addReminder(announcement);
    await addReminder({ ...announcement, guild_id: '2' });
    await addReminder({ origin_message_id: '9' });
    await addReminder({ origin_message_id: '9', source: 'snooze' });
    await expect(addReminder(announcement)).rejects.toMatchObject({
      code: '23505',
      constraint: 'reminders_origin',
    });
  });
});

describe('occurrences', () => {
  beforeEach(() => addReminder());

  test('each message once, and gone with the reminder', async () => {
    const { db } = database();
    await addOccurrence();
    await addOccurrence({ kind: 'advance', offset_minutes: 60 });
    await expect(addOccurrence()).rejects.toMatchObject({ code: '23505' });
    await db.deleteFrom('reminders').execute();
    expect(await db.selectFrom('reminder_occurrences').selectAll().execute()).toEqual([]);
  });

  test.each<[Partial<Insertable<ReminderOccurrences>>, string]>([
    [{ kind: 'other' }, 'reminder_occurrences_kind_check'],
    [{ state: 'lost' }, 'reminder_occurrences_state_check'],
    [{ reminder_id: 99 }, 'reminder_occurrences_reminder_id_fkey'],
  ])('%o is refused', async (change, constraint) => {
    await expect(addOccurrence(change)).rejects.toMatchObject({ constraint });
  });
});

test('the history forgets what an entry reverted, but not the entry, when the older one is deleted', async () => {
  const { db } = database();
  const { id } = await addEntry();
  await addEntry({ change_type: 'undone', reverts_id: id });
  await expect(addEntry({ change_type: 'renamed' })).rejects.toMatchObject({
    constraint: 'settings_history_change_type_check',
  });
  await db.deleteFrom('settings_history').where('id', '=', id).execute();
  expect(await db.selectFrom('settings_history').select(['change_type', 'reverts_id']).execute()).toEqual([
    { change_type: 'undone', reverts_id: null },
  ]);
});
