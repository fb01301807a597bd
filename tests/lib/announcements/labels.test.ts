import { describe, expect, it } from 'vitest';
import { labelled, roleOf } from '#lib/announcements/labels';
import { linesOf } from '#lib/announcements/post';

it.each([
  ['Date', 'date'],
  ['Datum & tijd', 'when'],
  ['Wanneer', 'when'],
  ['Starttime', null],
  ['Start time', 'time'],
  ['Startdatum', 'from'],
  ['Herhaling', 'days'],
  ['Waar', 'place'],
  ['Einde', 'end'],
  ['Deuren', 'doors'],
  ['Inschrijven', 'deadline'],
  ['Prijs', null],
  ['', null],
])('the label %j is %j', (label, role) => {
  expect(roleOf(label)).toBe(role);
});

describe('labelled', () => {
  const of = (post: Parameters<typeof linesOf>[0]): [string | null, string][] =>
    labelled(linesOf(post)).map(({ role, text }) => [role, text]);

  it.each([
    ['Date: Friday', [['date', 'Friday']]],
    ['📍 Voice 1', [['place', 'Voice 1']]],
    ['🗓️ Friday 20:00', [['when', 'Friday 20:00']]],
    ['Where\nVoice 1', [['place', 'Voice 1']]],
    ['Waar:\nVoice 1', [['place', 'Voice 1']]],
    ['Afspraak: vrijdag 20u', [['when', 'vrijdag 20u']]],
    [
      'BBQ on Friday. Location: Oak Park.',
      [
        [null, 'BBQ on Friday.'],
        ['place', 'Oak Park'],
      ],
    ],
    ['Price: 20', [[null, 'Price: 20']]],
  ])('%j', (text, lines) => {
    expect(of({ text })).toEqual(lines);
  });

  it('takes a field for what its name says, or for its own label', () => {
    expect(of({ fields: [{ name: 'Time', value: '20:00' }] })).toEqual([['time', '20:00']]);
    expect(of({ fields: [{ name: 'Info', value: 'Where: Voice 1' }] })).toEqual([['place', 'Voice 1']]);
    expect(of({ fields: [{ name: 'Friday 20:00', value: 'Raid' }] })).toEqual([
      [null, 'Raid'],
      [null, 'Friday 20:00'],
    ]);
  });

  it('leaves out a footer without a label', () => {
    expect(of({ footer: 'posted Friday 20:00' })).toEqual([]);
    expect(of({ footer: 'When: Friday' })).toEqual([['when', 'Friday']]);
  });
});
