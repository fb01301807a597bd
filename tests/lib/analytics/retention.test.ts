import { expect, test } from 'vitest';
import { removeOldAnalytics } from '#lib/analytics/retention';
import { useDatabase } from '../../setup/database.ts';

const database = useDatabase();
const NOW = new Date('2026-12-01T09:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 24 * 60 * 60_000);

test('uses are kept for 90 days, samples of health for 30', async () => {
  const { db } = database();
  const use = (id: string, created_at: Date) => ({
    guild_id: '1',
    user_id: '2',
    command_name: 'faq',
    command_type: 'slash',
    success: true,
    duration_ms: 1,
    correlation_id: id,
    created_at,
  });
  const sample = (checked_at: Date) => ({
    service: 'alphapy-service',
    version: '1',
    uptime_seconds: 1,
    db_status: 'ok',
    checked_at,
  });
  await db
    .insertInto('audit_logs')
    .values([use('old', daysAgo(91)), use('new', daysAgo(89))])
    .execute();
  await db
    .insertInto('health_check_history')
    .values([sample(daysAgo(31)), sample(daysAgo(29))])
    .execute();
  await removeOldAnalytics(db, NOW);
  expect(await db.selectFrom('audit_logs').select('correlation_id').execute()).toEqual([
    { correlation_id: 'new' },
  ]);
  expect(await db.selectFrom('health_check_history').select('checked_at').execute()).toEqual([
    { checked_at: daysAgo(29) },
  ]);
});
