import { beforeEach, expect, test } from 'vitest';
import { removeOldAssistantRows } from '#lib/assistant/retention';
import { useDatabase } from '../../setup/database.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = new Date('2026-12-31T12:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

const database = useDatabase();
beforeEach(() => database().empty());

test('questions go after a week or, undecided, after an hour; counts after 31 days', async () => {
  const { db } = database();
  const question = (askedAt: Date, state: 'consent' | 'ready') => ({
    guild_id: '1',
    user_id: '2',
    locale: 'nl',
    profile: 'x',
    quotes: '[]',
    plain: `${state} ${askedAt.toISOString()}`,
    sources: '[]',
    state,
    ...(state === 'ready' && { outcome: 'offline' }),
    token: '',
    message_id: '',
    token_expires_at: askedAt,
    due_at: askedAt,
    asked_at: askedAt,
  });
  await db
    .insertInto('ai_questions')
    .values([
      question(ago(8), 'ready'),
      question(ago(6), 'ready'),
      question(ago(1 / 12), 'consent'),
      question(ago(1 / 48), 'consent'),
    ])
    .execute();
  const call = (at: Date) => ({
    guild_id: '1',
    profile: 'x',
    model: 'x',
    outcome: 'answer',
    at,
    latency_ms: 1,
    tokens_in: 1,
    tokens_out: 1,
    cost: '1',
  });
  await db
    .insertInto('ai_calls')
    .values([call(ago(32)), call(ago(30))])
    .execute();
  await db
    .insertInto('ai_budgets')
    .values([
      { guild_id: '1', user_id: '2', day: '2026-11-29', spent: '1' },
      { guild_id: '1', user_id: null, day: '2026-11-29', spent: '1' },
      { guild_id: '1', user_id: null, day: '2026-12-01', spent: '1' },
    ])
    .execute();
  await removeOldAssistantRows(db, NOW);
  const left = await db.selectFrom('ai_questions').select('plain').orderBy('id').execute();
  expect(left.map(({ plain }) => plain)).toEqual([
    `ready ${ago(6).toISOString()}`,
    `consent ${ago(1 / 48).toISOString()}`,
  ]);
  expect(await db.selectFrom('ai_calls').select('at').execute()).toEqual([{ at: ago(30) }]);
  expect(await db.selectFrom('ai_budgets').select('day').execute()).toEqual([{ day: '2026-12-01' }]);
});
