import { describe, expect, it } from 'vitest';
import { canonicalTimeZone, searchTimeZones, TIME_ZONES } from '#lib/time/zones';

describe('canonicalTimeZone', () => {
  it.each([
    ['Europe/Brussels', 'Europe/Brussels'],
    ['europe/brussels', 'Europe/Brussels'],
    ['UTC', 'UTC'],
    ['gmt', 'UTC'],
    ['US/Eastern', 'America/New_York'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Mars/Olympus', null],
    ['+01:00', null],
    ['', null],
    ['local', null],
    ['Europe/Brussels\n', null],
  ])('%j is %j', (name, zone) => {
    expect(canonicalTimeZone(name)).toBe(zone);
  });

  it('accepts every zone it lists, under that very name', () => {
    expect(TIME_ZONES.filter((name) => canonicalTimeZone(name) !== name)).toEqual([]);
    expect(TIME_ZONES.length).toBeGreaterThan(400);
  });
});

describe('searchTimeZones', () => {
  it.each([
    ['', 'Europe/Brussels', 'Europe/Amsterdam'],
    ['bru', 'Europe/Brussels', 'Asia/Brunei'],
    ['new y', 'America/New_York', undefined],
    ['belgië', 'Europe/Brussels', undefined],
    ['Belgium', 'Europe/Brussels', undefined],
    ['nederland', 'Europe/Amsterdam', 'America/Kralendijk'],
    ['us', 'America/New_York', 'America/Chicago'],
    ['india', 'Asia/Kolkata', 'America/Indiana/Indianapolis'],
    ['kiev', 'Europe/Kyiv', undefined],
    ['SÃO', 'America/Sao_Paulo', 'Africa/Sao_Tome'],
    ['ussels', 'Europe/Brussels', undefined],
    ['cet', 'Europe/Brussels', undefined],
    ['zzzz', undefined, undefined],
  ])('%j finds %s, then %s', (words, first, second) => {
    expect(searchTimeZones(words).slice(0, 2)).toEqual([first, second].filter((zone) => zone !== undefined));
  });

  it('keeps to its limit and offers no zone twice', () => {
    expect(searchTimeZones('', 5)).toHaveLength(5);
    const everything = searchTimeZones('', 1000);
    expect(everything).toHaveLength(TIME_ZONES.length);
    expect(new Set(everything).size).toBe(everything.length);
  });

  it('copes with hostile text', () => {
    expect(searchTimeZones('a '.repeat(16_000))).toBeInstanceOf(Array);
    expect(canonicalTimeZone('E'.repeat(32_000))).toBeNull();
  });
});
