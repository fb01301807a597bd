import { describe, expect, test } from 'vitest';
import { readAnnouncement } from '#lib/announcements/read';
import { inWords, readOnce, readSchedule } from '#lib/reminders/when';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import { BRUSSELS, NOW, written } from './fixtures.ts';

useSentences();

const read = (text: string) => readSchedule(inWords(text), BRUSSELS, NOW);

describe('when something happens, in words', () => {
  test.each([
    ['19u30', '2026-12-01 19:30'],
    // A time of day as it always was read; words take a bare hour for one of the evening.
    ['8u', '2026-12-02 08:00'],
    ['tomorrow 8pm', '2026-12-02 20:00'],
    ['over 2 uur', '2026-12-01 12:00'],
    ['3 mei om 10u30', '2027-05-03 10:30'],
  ])('%s: once', (text, expected) => {
    const { schedule, eventAt } = read(text);
    expect(written(eventAt)).toBe(expected);
    expect(schedule).toEqual({
      callTime: expected.slice(11),
      eventTime: eventAt,
      days: [],
      rrule: null,
      recursFrom: null,
      recursUntil: null,
    });
    expect(readOnce(text, BRUSSELS, NOW)).toEqual(eventAt);
  });

  test.each([
    ['every weekday 09:00', '2026-12-02 09:00', { days: [0, 1, 2, 3, 4], rrule: null, recursFrom: null }],
    [
      'elke eerste maandag 20:00',
      '2026-12-07 20:00',
      { days: [], rrule: 'FREQ=MONTHLY;BYDAY=1MO', recursFrom: '2026-12-07' },
    ],
    [
      'every other Friday 19:30 from 1 May',
      '2027-05-07 19:30',
      { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', recursFrom: '2027-05-07' },
    ],
  ])('%s: again and again', (text, first, expected) => {
    const { schedule, eventAt } = read(text);
    expect(written(eventAt)).toBe(first);
    expect(schedule).toMatchObject({ ...expected, callTime: first.slice(11), eventTime: null });
  });

  test.each([
    ['soon', 'when.unknown'],
    ['tomorrow', 'when.noTime'],
    ['yesterday 20:00', 'past'],
    ['friday 1 december 2026 20:00', 'when.disagree'],
    ['3 may 2046 20:00', 'tooFar'],
  ])('%s: refused', async (text, sentence) => {
    expect((await refusalOf(() => read(text))).sentence).toBe(`reminders:${sentence}`);
  });

  test('one moment is not one that comes back', async () => {
    expect((await refusalOf(() => readOnce('every day 9:00', BRUSSELS, NOW))).sentence).toBe(
      'reminders:when.once',
    );
  });

  test('where the clocks skip or repeat it, that is known', () => {
    expect(read('28 march 2027 02:30')).toMatchObject({ adjusted: 'gap' });
    expect(read('31 october 2027 02:30')).toMatchObject({ adjusted: 'overlap' });
  });

  test('what comes back keeps its time where the clocks skip the first one', () => {
    const now = new Date('2027-03-27T12:00:00Z');
    const { schedule, eventAt } = readSchedule(inWords('every sunday 02:30'), BRUSSELS, now);
    expect(written(eventAt)).toBe('2027-03-28 03:30');
    expect(schedule.callTime).toBe('02:30');
    const post = { text: 'Night walk every Sunday at 02:30' };
    expect(readAnnouncement(post, { now, zone: BRUSSELS })).toMatchObject({ time: '02:30', eventAt });
  });
});
