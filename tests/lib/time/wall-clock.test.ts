import { describe, expect, it } from 'vitest';
import { dateIn, instantOf, wallClockOf } from '#lib/time/wall-clock';

describe('instantOf', () => {
  it.each([
    // Brussels: 02:00–03:00 is skipped on 29 March 2026 and shown twice on 25 October 2026.
    ['2026-03-29 01:59', 'Europe/Brussels', '2026-03-29T00:59Z', 'none'],
    ['2026-03-29 02:00', 'Europe/Brussels', '2026-03-29T01:00Z', 'gap'],
    ['2026-03-29 02:30', 'Europe/Brussels', '2026-03-29T01:30Z', 'gap'],
    ['2026-03-29 03:00', 'Europe/Brussels', '2026-03-29T01:00Z', 'none'],
    ['2026-10-25 01:59', 'Europe/Brussels', '2026-10-24T23:59Z', 'none'],
    ['2026-10-25 02:00', 'Europe/Brussels', '2026-10-25T00:00Z', 'overlap'],
    ['2026-10-25 02:30', 'Europe/Brussels', '2026-10-25T00:30Z', 'overlap'],
    ['2026-10-25 03:00', 'Europe/Brussels', '2026-10-25T02:00Z', 'none'],
    // Lord Howe moves by half an hour: 02:00–02:30 is skipped on 4 October, 01:30–02:00 shown twice on 5 April.
    ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:45Z', 'gap'],
    ['2026-10-04 02:30', 'Australia/Lord_Howe', '2026-10-03T15:30Z', 'none'],
    ['2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-04T14:45Z', 'overlap'],
    ['2026-04-05 02:00', 'Australia/Lord_Howe', '2026-04-04T15:30Z', 'none'],
    // Beirut skips midnight itself.
    ['2026-03-29 00:15', 'Asia/Beirut', '2026-03-28T22:15Z', 'gap'],
    // Samoa had no 30 December 2011.
    ['2011-12-30 12:00', 'Pacific/Apia', '2011-12-30T22:00Z', 'gap'],
    ['2026-03-29 02:30', 'Asia/Tokyo', '2026-03-28T17:30Z', 'none'],
    ['2026-03-29 02:30', 'UTC', '2026-03-29T02:30Z', 'none'],
  ])('%s in %s is %s (%s)', (written, zone, instant, adjusted) => {
    const [date = '', time = ''] = written.split(' ');
    expect(instantOf({ date, time }, zone)).toEqual({ instant: new Date(instant), adjusted });
  });

  it.each([
    ['2026-02-31', '12:00', 'UTC'],
    ['2026-2-3', '12:00', 'UTC'],
    ['2026-02-03', '24:00', 'UTC'],
    ['2026-02-03', '9:00', 'UTC'],
    ['2026-02-03', '12:00', 'Mars/Olympus'],
  ])('refuses %s %s in %s', (date, time, zone) => {
    expect(() => instantOf({ date, time }, zone)).toThrow(RangeError);
  });
});

describe('wallClockOf', () => {
  it.each([
    ['2026-03-29T01:30Z', 'Europe/Brussels', '2026-03-29', '03:30', 6],
    ['2026-10-25T00:30Z', 'Europe/Brussels', '2026-10-25', '02:30', 6],
    ['2026-10-25T01:30Z', 'Europe/Brussels', '2026-10-25', '02:30', 6],
    ['2026-03-11T23:30Z', 'Asia/Tokyo', '2026-03-12', '08:30', 3],
    ['2026-03-09T00:00Z', 'UTC', '2026-03-09', '00:00', 0],
  ])('%s in %s is %s %s, day %i', (instant, zone, date, time, weekday) => {
    expect(wallClockOf(new Date(instant), zone)).toEqual({ date, time, weekday });
  });

  it('refuses a zone and an instant that do not exist', () => {
    expect(() => wallClockOf(new Date(), 'Mars/Olympus')).toThrow(RangeError);
    expect(() => wallClockOf(new Date(Number.NaN), 'UTC')).toThrow(RangeError);
  });
});

it('dateIn gives the date where the person is', () => {
  expect(dateIn('Asia/Tokyo', new Date('2026-12-31T20:00Z'))).toBe('2027-01-01');
  expect(dateIn('UTC', new Date('2026-12-31T20:00Z'), 1)).toBe('2027-01-01');
});
