import { describe, expect, it } from 'vitest';
import { readPointed } from '#lib/announcements/pointed';
import { SURE_CONFIDENCE } from '#lib/announcements/read';

const CONTEXT = { now: new Date('2026-12-01T09:00:00Z'), zone: 'Europe/Brussels' };
const PART = {
  title: 'Choir',
  description:
    'Maybe Friday or Saturday, 4 December, 12 December, at 20:00 or 21:00 in the **hall**; every Tuesday too. `24 December`',
};
const read = (answer: object | string) =>
  readPointed(typeof answer === 'string' ? answer : JSON.stringify(answer), PART, CONTEXT);

describe('words that an AI points at', () => {
  it('are read where they stand in the post, and are never sure', () => {
    expect(read({ title: 'choir', date: '4  DECEMBER', time: '20:00', location: 'the hall' })).toMatchObject({
      kind: 'announced',
      reading: {
        kind: 'one-off',
        eventAt: new Date('2026-12-04T19:00:00Z'),
        title: 'choir',
        location: 'the hall',
      },
    });
    const recurring = read({ days: 'every Tuesday', time: '21:00' });
    expect(recurring).toMatchObject({
      kind: 'announced',
      reading: { kind: 'recurring', days: [1], title: 'Choir' },
    });
    const confidence = recurring.kind === 'announced' ? recurring.reading.confidence : 1;
    expect(confidence).toBeLessThan(SURE_CONFIDENCE);
  });

  it.each([
    [{ date: 'Friday or Saturday', time: '20:00' }],
    [{ date: '4 December, 12 December', time: '20:00' }],
    [{ date: '4 December', time: '20:00 or 21:00' }],
    [{ date: '2 December', time: '20:00' }],
    [{ date: '24 December', time: '20:00' }],
    [{ date: '4 December' }],
    [{ time: '20:00' }],
    [{ date: '4 December', time: '20:00', title: 'Quiz' }],
    [{ date: '4 December', time: '20:00', location: 'hall\n@everyone' }],
    [{}],
    ['null'],
    [''],
    ['}{'],
  ])('count for nothing where they leave a doubt: %j', (answer) => {
    expect(read(answer)).toEqual({ kind: 'unfounded' });
  });
});
