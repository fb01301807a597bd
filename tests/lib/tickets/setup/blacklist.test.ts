import { beforeEach, describe, expect, test } from 'vitest';
import { bar, readBarred, readUntil, requireMayOpen, unbar } from '#lib/tickets/blacklist';
import { useDatabase } from '../../../setup/database.ts';
import { refusalOf } from '../../errors/refusal.ts';
import { useSentences } from '../../i18n/sentences.ts';

useSentences();

const database = useDatabase();
const db = () => database().db;
beforeEach(() => database().empty());

const GUILD = '1328374655667100001';
const OTHER = '1328374655667100002';
const MIA = '1328374655667200001';
const ANN = '1328374655667200002';
const ZONE = 'Europe/Brussels';
/** A Tuesday, 10:00 in Brussels. */
const NOW = new Date('2026-12-01T09:00:00Z');
const SOON = new Date('2026-12-01T10:00:00Z');

const barred = (more: Partial<Parameters<typeof bar>[2]> = {}) => ({
  userId: MIA,
  reason: null,
  addedBy: ANN,
  addedAt: NOW,
  expiresAt: null,
  ...more,
});
const refusal = (now = NOW, guildId = GUILD) => refusalOf(() => requireMayOpen(db(), guildId, MIA, now));

describe('who is on the list', () => {
  test('is told why and until when, until it is over', async () => {
    await bar(db(), GUILD, barred());
    expect(await refusal()).toMatchObject({ sentence: 'ticket-setup:barred.plain' });
    await bar(db(), GUILD, barred({ reason: '*spam* @everyone' }));
    expect(await refusal()).toMatchObject({
      sentence: 'ticket-setup:barred.reason',
      values: { reason: '\\*spam\\* everyone' },
    });
    await bar(db(), GUILD, barred({ expiresAt: SOON }));
    expect(await refusal()).toMatchObject({
      sentence: 'ticket-setup:barred.until',
      values: { until: `<t:${SOON.getTime() / 1000}:f>` },
    });
    await bar(db(), GUILD, barred({ reason: 'spam', expiresAt: SOON }));
    expect(await refusal()).toMatchObject({ sentence: 'ticket-setup:barred.both' });
    await requireMayOpen(db(), GUILD, MIA, SOON);
  });

  test('is on that of one server only, and others are not', async () => {
    await bar(db(), GUILD, barred());
    await requireMayOpen(db(), OTHER, MIA, NOW);
    await requireMayOpen(db(), GUILD, ANN, NOW);
    expect(await unbar(db(), OTHER, MIA, NOW)).toBe(false);
    await refusal();
    expect(await unbar(db(), GUILD, MIA, NOW)).toBe(true);
    expect(await unbar(db(), GUILD, MIA, NOW)).toBe(false);
    await requireMayOpen(db(), GUILD, MIA, NOW);
  });

  test('is listed page by page, without those for whom it is over', async () => {
    for (let index = 0; index < 5; index += 1)
      await bar(
        db(),
        GUILD,
        barred({
          userId: `132837465566730000${index}`,
          addedAt: new Date(NOW.getTime() + index),
          expiresAt: index === 4 ? SOON : null,
        }),
      );
    const page = { offset: 0, limit: 2 };
    const now = await readBarred(db(), GUILD, { ...page, now: NOW });
    expect(now.count).toBe(5);
    expect(now.entries.map(({ userId }) => userId)).toEqual(['1328374655667300004', '1328374655667300003']);
    const later = await readBarred(db(), GUILD, { ...page, now: SOON });
    expect(later.count).toBe(4);
    expect(later.entries.map(({ userId }) => userId)).toEqual(['1328374655667300003', '1328374655667300002']);
    expect((await readBarred(db(), OTHER, { ...page, now: NOW })).count).toBe(0);
  });
});

describe('an end', () => {
  test.each([
    ['7d', '2026-12-08T09:00:00Z'],
    ['2 weken', '2026-12-15T09:00:00Z'],
    ['1 hour', '2026-12-01T10:00:00Z'],
    ['tomorrow', '2026-12-02T23:00:00Z'],
    ['vrijdag', '2026-12-04T23:00:00Z'],
    ['3 mei', '2027-05-03T22:00:00Z'],
    ['morgen 20:00', '2026-12-02T19:00:00Z'],
  ])('%s', (text, until) => {
    expect(readUntil(text, ZONE, NOW)).toEqual(new Date(until));
  });

  test.each([
    ['soon', 'ticket-setup:blacklist.untilUnknown'],
    ['60', 'ticket-setup:blacklist.untilUnknown'],
    ['0 days', 'ticket-setup:blacklist.untilUnknown'],
    ['every day 20:00', 'ticket-setup:blacklist.untilUnknown'],
    ['x'.repeat(500), 'ticket-setup:blacklist.untilUnknown'],
    ['1/1/2020', 'ticket-setup:blacklist.untilPast'],
    ['3/5/2090', 'ticket-setup:blacklist.untilFar'],
    ['999999 weeks', 'ticket-setup:blacklist.untilFar'],
  ])('%s is none', async (text, sentence) => {
    expect(await refusalOf(() => readUntil(text, ZONE, NOW))).toMatchObject({ sentence });
  });
});
