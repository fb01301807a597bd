import { describe, expect, test } from 'vitest';
import { check } from './checker.ts';
import {
  afterMs,
  daily,
  deliveries,
  delivery,
  first,
  historyOf,
  iso,
  made,
  outage,
  plan,
  problemsOf,
  row,
  rows,
  version,
} from './checker-fixtures.ts';
import type { AddedReminder, History, SeenDelivery } from './history.ts';
import type { Schedule } from './schedules.ts';

describe('a run in which people change their minds', () => {
  const once = (day: string): Schedule => ({ kind: 'once', time: '14:00', date: day });
  const [oldDue, newDue] = ['2027-03-28T12:00:00Z', '2027-03-29T12:00:00Z'];
  const editedAt = new Date('2027-03-27T10:00:00Z');
  const edited: AddedReminder = {
    ...daily,
    versions: [version(once('2027-03-28')), version(once('2027-03-29'), editedAt)],
  };
  const afterEdit = { reminders: [edited], deliveries: [delivery(newDue)], rows: [row(newDue)] };

  test('what was edited comes at its new time, and only then', () => {
    expect(problemsOf(afterEdit)).toBe('');
    expect(check(historyOf(afterEdit)).kinds).toEqual({ edited: 1 });
    expect(problemsOf({ ...afterEdit, deliveries: [], rows: [] })).toContain('lost: neither delivered');
    expect(
      problemsOf({ ...afterEdit, deliveries: [delivery(oldDue), delivery(newDue)], rows: [row(newDue)] }),
    ).toContain('a message nobody asked for');
    expect(problemsOf({ ...afterEdit, rows: [row(oldDue), row(newDue)] })).toContain(
      'a row nobody asked for',
    );
  });

  test('what was due before an edit may not come after it', () => {
    const late = {
      ...edited,
      versions: [version(once('2027-03-27')), version(once('2027-03-29'), editedAt)],
    };
    // Announced an hour before the edit.
    const [due, event] = ['2027-03-27T09:00:00Z', '2027-03-27T13:00:00Z'];
    const more = { plan: { ...plan, offsetMinutes: 240 }, hindrances: [outage(due, 2)] };
    const announcement = { kind: 'advance', event: iso(event) };
    const news = newDue.replace('T12', 'T08');
    const coming = {
      deliveries: [delivery(news, 20, { event: new Date(newDue) }), delivery(newDue)],
      rows: [row(news, { ...announcement, event: iso(newDue) }), row(newDue)],
    };
    const old = delivery(due, 2 * 3_600_000, { event: new Date(event) });
    const both = {
      ...coming,
      deliveries: [old, ...coming.deliveries],
      rows: [row(due, announcement), ...coming.rows],
    };
    expect(problemsOf({ reminders: [late], ...more, ...both })).toContain(
      'although its reminder had been changed',
    );
    expect(check(historyOf({ reminders: [late], ...more, ...coming }))).toMatchObject({
      problems: [],
      replaced: 1,
    });
    expect(problemsOf({ reminders: [late], ...more, ...coming, hindrances: [] })).toContain('lost');
  });

  test('while the bot may not know yet, either is fine', () => {
    const unsure = {
      ...edited,
      versions: [version(once('2027-03-28')), version(once('2027-03-29'), editedAt, new Date(newDue))],
    };
    expect(problemsOf({ ...afterEdit, reminders: [unsure] })).toBe('');
    expect(problemsOf({ reminders: [unsure], deliveries: [delivery(oldDue)], rows: [row(oldDue)] })).toBe('');
    expect(problemsOf({ ...afterEdit, reminders: [unsure], unfollowed: ['not followed'] })).toBe(
      'not followed',
    );
  });

  test('nothing comes of a deleted post, and there is one reminder of each', () => {
    const deleted = { ...edited, versions: [version(once('2027-03-28')), version(null, editedAt)] };
    const gone = { reminders: [deleted], made: [], deliveries: [], rows: [] };
    expect(problemsOf(gone)).toBe('');
    expect(problemsOf({ ...gone, made: [made(1)] })).toContain('still there');
    expect(problemsOf({ ...gone, deliveries: [delivery(oldDue)] })).toContain('a message nobody asked for');
    const twin = made(2, { source: 'announcement', originMessageId: '5' });
    expect(problemsOf({ made: [made(1), twin] })).toContain(
      '#2: a reminder nobody asked for (announcement of 5)',
    );
    expect(problemsOf({ made: [] })).toContain('#1: gone');
  });

  test('what was snoozed comes once, an hour later', () => {
    const at = afterMs(first, 3_600_000 + 500);
    const pressed = { from: afterMs(first, 400), certain: afterMs(first, 600) };
    const snoozed: AddedReminder = {
      ...daily,
      id: 2,
      kind: 'snoozed',
      channel: null,
      channelId: '20',
      isDirect: true,
      versions: [version({ kind: 'moment', at }, pressed.from)],
    };
    const told = delivery(at.toISOString(), 20, { reminder: 2, channelId: '20' });
    const snooze = (schedule: Schedule, ...seen: SeenDelivery[]): Partial<History> => ({
      reminders: [daily, { ...snoozed, versions: [version(schedule, pressed.from)] }],
      made: [made(1), made(2, { source: 'snooze' })],
      snoozes: [{ reminder: 2, ...pressed }],
      deliveries: [...deliveries, ...seen],
      rows: [...rows, row(at.toISOString(), { reminder: 2 })],
    });
    const asked = { kind: 'moment', at } as const;
    expect(problemsOf(snooze(asked, told))).toBe('');
    expect(problemsOf(snooze(asked))).toContain('lost: recorded as sent');
    expect(problemsOf(snooze(asked, told, { ...told, messageId: 'another' }))).toContain('sent 2 times');
    expect(problemsOf(snooze(asked, told, { ...told, reminder: 3 }))).toContain('a message nobody asked for');
    expect(problemsOf(snooze({ kind: 'moment', at: afterMs(first, 60_000) }, told))).toContain(
      'another time',
    );
  });

  const ahead = '2027-03-28T11:00:00Z';
  const hourBefore = { ...plan, offsetMinutes: 60 };
  const event = { ...daily, versions: [version(once('2027-03-28'))] };
  const announced = delivery(ahead, 20, { event: new Date(oldDue) });
  const announcedRow = row(ahead, { kind: 'advance', event: iso(oldDue) });
  const given = (settledAt: Date) =>
    ({ state: 'missed', messageId: null, error: 'x', settledAt: settledAt.toISOString() }) as const;

  test('the event of an announcement that is done does not come', () => {
    const pressedAt = afterMs(ahead, 60_000);
    const history = (...seen: SeenDelivery[]): Partial<History> => ({
      plan: hourBefore,
      reminders: [event],
      dones: [{ reminder: 1, event: new Date(oldDue), from: pressedAt, certain: pressedAt }],
      deliveries: [announced, ...seen],
      rows: [announcedRow, row(oldDue, given(pressedAt))],
    });
    expect(check(historyOf(history()))).toMatchObject({ problems: [], delivered: 1, done: 1 });
    expect(problemsOf(history(delivery(oldDue)))).toContain('sent although it was done');
    expect(problemsOf({ ...history(), rows: [announcedRow, row(oldDue)] })).toContain(
      'done, but recorded as sent',
    );
    expect(problemsOf({ ...history(), dones: [] })).toContain('without a reason');
  });

  test('of several announcements that are overdue only the nearest comes', () => {
    const back = afterMs(ahead, 45 * 60_000);
    const lateMs = back.getTime() - Date.parse('2027-03-28T11:30:00Z');
    const nearer = delivery('2027-03-28T11:30:00Z', lateMs, { event: new Date(oldDue) });
    const history: Partial<History> = {
      plan: { ...hourBefore, preAlerts: [30] },
      reminders: [event],
      hindrances: [outage('2027-03-28T10:59:00Z', 0.76)],
      deliveries: [nearer, delivery(oldDue)],
      rows: [
        { ...announcedRow, ...given(back) },
        row('2027-03-28T11:30:00Z', { kind: 'advance', event: iso(oldDue), settledAt: back.toISOString() }),
        row(oldDue),
      ],
    };
    expect(check(historyOf(history))).toMatchObject({
      problems: [],
      missed: 1,
      late: 1,
      kinds: { ahead: 1 },
    });
    const both = [delivery(ahead, 45 * 60_000, { event: new Date(oldDue) }), ...(history.deliveries ?? [])];
    const rowsOfBoth = [{ ...announcedRow, settledAt: back.toISOString() }, ...(history.rows ?? []).slice(1)];
    expect(problemsOf({ ...history, deliveries: both, rows: rowsOfBoth })).toContain(
      'although a nearer one was due',
    );
  });
});
