import { describe, expect, it } from 'vitest';
import { readWhen } from '#lib/time/read-when';

/** A Tuesday, 9:00 in Brussels. */
const HERE = { now: new Date('2026-03-10T08:00:00Z'), zone: 'Europe/Brussels' };

describe('once', () => {
  it.each([
    ['20:00', '2026-03-10T19:00:00Z'],
    ['om 9', '2026-03-11T08:00:00Z'],
    ['at 7', '2026-03-10T18:00:00Z'],
    ['remind me at 8pm', '2026-03-10T19:00:00Z'],
    ['kwart voor negen', '2026-03-10T19:45:00Z'],
    ['over 2 uur', '2026-03-10T10:00:00Z'],
    ['in 90 minutes', '2026-03-10T09:30:00Z'],
    ['binnen anderhalf uur', '2026-03-10T09:30:00Z'],
    ['tomorrow 8pm', '2026-03-11T19:00:00Z'],
    ['next friday 20u30', '2026-03-20T19:30:00Z'],
    ['vrijdag 8 uur', '2026-03-13T19:00:00Z'],
    ['friday 20:00 UTC+2', '2026-03-13T18:00:00Z'],
    ['3 mei half acht', '2026-05-03T17:30:00Z'],
    ['20:00 - 3 May', '2026-05-03T18:00:00Z'],
    ['14/02/2027 21:00', '2027-02-14T20:00:00Z'],
    ['<t:1793000000:F>', '2026-10-26T07:33:20Z'],
  ])('%j', (text, at) => {
    expect(readWhen(text, HERE)).toEqual({
      ok: true,
      kind: 'one-off',
      eventAt: new Date(at),
      adjusted: 'none',
    });
  });

  it.each([
    ['29 maart 2:30', '2026-03-29T01:30:00Z', 'gap'],
    ['25 oktober 2:30', '2026-10-25T00:30:00Z', 'overlap'],
  ])('says that daylight saving moves %j', (text, at, adjusted) => {
    expect(readWhen(text, HERE)).toMatchObject({ eventAt: new Date(at), adjusted });
  });
});

describe('again and again', () => {
  it.each([
    ['every weekday 09:00', { days: [0, 1, 2, 3, 4], rrule: null, eventAt: '2026-03-11T08:00:00Z' }],
    ['elke di en do om 18u', { days: [1, 3], time: '18:00' }],
    ['weekly friday 20:00', { days: [4], rrule: null }],
    ['elke eerste maandag 20:00', { days: [], rrule: 'FREQ=MONTHLY;BYDAY=1MO', time: '20:00' }],
    ['elke 15e van de maand 12:00', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=15' }],
    ['every second Tuesday 20:00', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' }],
    ['every other Friday 19:30 from 1 May', { from: '2026-05-01', eventAt: '2026-05-01T17:30:00Z' }],
    ['elke dinsdag 20u tot 1 juni', { days: [1], from: null, until: '2026-06-01' }],
    ['elke dinsdag 20u tot 2/6', { until: '2026-06-02' }],
    ['elke dinsdag 20u vanaf 3 maart 2026', { from: null, eventAt: '2026-03-10T19:00:00Z' }],
    ['every friday 23:30 UTC', { days: [5], time: '00:30', eventAt: '2026-03-13T23:30:00Z' }],
    ['every friday 20:00 from 1 may until 1 june', { from: '2026-05-01', until: '2026-06-01' }],
  ])('%j', (text, { eventAt, ...rest }: { eventAt?: string; [part: string]: unknown }) => {
    const expected = eventAt === undefined ? rest : { ...rest, eventAt: new Date(eventAt) };
    expect(readWhen(text, HERE)).toMatchObject({ ok: true, kind: 'recurring', ...expected });
  });
});

describe('not understood', () => {
  it.each([
    ['banana 20:00', 'unknown', 'banana'],
    ['zeg vrijdag 20u pizza', 'unknown', 'zeg pizza'],
    ['', 'unknown', ''],
    [`20:00 ${'!'.repeat(200)}`, 'unknown', `20:00 ${'!'.repeat(200)}`],
    ['morgen', 'no-time', 'morgen'],
    ['elke vrijdag', 'no-time', 'elke vrijdag'],
    ['yesterday 20:00', 'past', 'yesterday 20:00'],
    ['9 march 2026 20:00', 'past', '9 march 2026 20:00'],
    ['elke dinsdag 20u tot 1 maart 2026', 'past', 'elke dinsdag 20u tot 1 maart 2026'],
    ['elke dinsdag 20u tot 31 februari', 'impossible', 'elke dinsdag 20u tot 31 februari'],
    ['monday 13 march 20:00', 'disagree', 'monday 13 march 20:00'],
    ['30 februari 20:00', 'impossible', '30 februari 20:00'],
  ])('%j', (text, reason, rest) => {
    expect(readWhen(text, HERE)).toEqual({ ok: false, reason, rest });
  });
});
