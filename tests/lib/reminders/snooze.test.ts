import { beforeEach, describe, expect, test } from 'vitest';
import { ACTIVE_PER_MEMBER } from '#lib/reminders/create';
import { snoozeReminder, type SnoozeRequest } from '#lib/reminders/snooze';
import { SNOOZE_PRESETS, snoozeInstant, snoozePresetOf } from '#lib/reminders/snooze-times';
import { textsOf } from '#lib/reminders/snooze-view';
import { safeEmbedText } from '#lib/text/sanitize';
import { useDatabase } from '../../setup/database.ts';
import { refusalOf } from '../errors/refusal.ts';
import { useSentences } from '../i18n/sentences.ts';
import { add, at, BRUSSELS, GENERAL, GUILD, MIA, NOW, occurrences, SAM, written } from './fixtures.ts';

useSentences();
const database = useDatabase();
const db = () => database().db;
beforeEach(() => database().empty());

describe('what is offered', () => {
  const offered = (now: Date, zone = BRUSSELS) =>
    SNOOZE_PRESETS.map((preset) => {
      const instant = snoozeInstant(preset, zone, now);
      return instant === null ? null : written(instant, zone);
    });

  test.each([
    ['2026-12-01 10:00', ['2026-12-01 10:10', '2026-12-01 11:00', '2026-12-01 20:00', '2026-12-02 09:00']],
    ['2026-12-01 20:00', ['2026-12-01 20:10', '2026-12-01 21:00', null, '2026-12-02 09:00']],
    // The night in which the clocks go back.
    ['2026-10-24 23:59', ['2026-10-25 00:09', '2026-10-25 00:59', null, '2026-10-25 09:00']],
  ])('at %s', (now, expected) => {
    expect(offered(at(now))).toEqual(expected);
  });

  test('in the zone of the server', () => {
    expect(offered(at('2026-12-01 10:00', 'Asia/Tokyo'), 'Asia/Tokyo')[2]).toBe('2026-12-01 20:00');
    expect(snoozePresetOf('tonight')).toBe('tonight');
    expect(snoozePresetOf('never')).toBeNull();
  });
});

describe('snoozing', () => {
  const ask = (change: Partial<SnoozeRequest> = {}) =>
    snoozeReminder(db(), {
      guildId: GUILD,
      channelId: GENERAL,
      name: 'Raid',
      message: 'Bring potions',
      location: 'The gate',
      at: at('2026-12-01 20:00'),
      by: SAM,
      isAdmin: false,
      target: 'person',
      origin: { channelId: GENERAL, messageId: '777777777777777777' },
      now: NOW,
      ...change,
    });

  test('owes that person one message, at that time', async () => {
    expect(await ask()).toMatchObject({
      name: 'Raid',
      message: 'Bring potions',
      location: 'The gate',
      createdBy: SAM,
      recipientId: SAM,
      channelId: GENERAL,
      callTime: '20:00',
      eventTime: at('2026-12-01 20:00'),
      offsetMinutes: 0,
      preAlerts: [],
      mentionEveryone: false,
      source: 'snooze',
      originChannelId: GENERAL,
      originMessageId: '777777777777777777',
    });
    const due = '2026-12-01 20:00';
    expect(await occurrences(db())).toEqual([{ kind: 'event', due, event: due, state: 'pending' }]);
  });

  test('asked twice it is stored once; for others, for the channel and for another time it is another', async () => {
    const [first, ...same] = await Promise.all([ask(), ask(), ask({ at: at('2026-12-01 20:00'), now: NOW })]);
    for (const { id } of same) expect(id).toBe(first.id);
    await ask({ by: MIA });
    await ask({ target: 'channel' });
    await ask({ origin: null });
    await ask({ at: at('2026-12-01 20:01') });
    expect(await occurrences(db())).toHaveLength(5);
  });

  test('counts as one of those that a member may have waiting', async () => {
    for (let turn = 0; turn < ACTIVE_PER_MEMBER; turn += 1) await add(db(), { createdBy: SAM });
    expect((await refusalOf(() => ask())).text).toContain('You have 50 reminders waiting');
    expect(await ask({ isAdmin: true })).toMatchObject({ name: 'Raid' });
  });
});

describe('a deleted reminder', () => {
  test('is told again as its message shows it', () => {
    const name = 'Raid *now* [x](http://y) `z` _a_ 1. #b';
    const shown = { title: safeEmbedText(name), description: '**Bring** potions' };
    expect(textsOf(shown)).toEqual({ name, message: '**Bring** potions', location: null });
    expect(textsOf({ title: 'Raid' })).toEqual({ name: 'Raid', message: '', location: null });
    expect(textsOf({ description: 'x' })).toBeNull();
    expect(textsOf(undefined)).toBeNull();
  });
});
