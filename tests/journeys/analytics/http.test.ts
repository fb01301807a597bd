import { container } from '@sapphire/framework';
import { afterEach, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import { MINUTE_MS, useBot } from '../../setup/bot.ts';
import { API, askAs, plant } from '../http/api.ts';
import { breakDatabase } from '../trouble.ts';

const world = useBot({ config: { http: API } });

const get = (path: string, person: { readonly id: string } | null = null) =>
  askAs(world, person, 'GET', path);
/** Somebody who proves nothing. */
const nobodyGets = (path: string) => askAs(world, null, 'GET', path, undefined, { 'X-API-Key': '' });

afterEach(() => vi.restoreAllMocks());

/** Writes uses of commands straight into the table, as of now. */
const used = (guildId: string, names: readonly string[], type = 'slash') =>
  world()
    .database.db.insertInto('audit_logs')
    .values(
      names.map((name) => ({
        guild_id: guildId,
        user_id: '7000000000001',
        command_name: name,
        command_type: type,
        success: true,
        duration_ms: 1,
        correlation_id: crypto.randomUUID(),
        created_at: world().clock.now(),
      })),
    )
    .execute();

/** What the pool says when no connection comes about; the bot itself goes on. */
const closeDatabase = () => vi.spyOn(container.analytics.database, 'isHealthy').mockResolvedValue(false);

test('anyone reads that the bot is well, and nothing of people', async () => {
  await plant(world);
  const health = await nobodyGets('/api/health');
  expect(health).toMatchObject({
    status: 200,
    body: {
      service: 'alphapy-service',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime_seconds: expect.any(Number),
      db_status: 'ok',
      timestamp: expect.stringMatching(/^2026-12-01T09:\d\d:\d\d\.\d{3}Z$/),
      guild_count: expect.any(Number),
      active_commands_24h: expect.any(Number),
      gpt_status: null,
      database_pool_size: expect.any(Number),
    },
  });
  expect(await nobodyGets('/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await nobodyGets('/status')).toMatchObject({
    status: 200,
    body: { online: true, uptime: expect.stringMatching(/^\d+ minutes$/) },
  });
});

test('monitoring hears with a 503 that the database is gone', async () => {
  closeDatabase();
  expect(await nobodyGets('/api/health')).toMatchObject({
    status: 503,
    body: { db_status: 'down', active_commands_24h: null },
  });
  expect(await nobodyGets('/readyz')).toMatchObject({
    status: 503,
    body: { status: 'unavailable', not_well: ['database'] },
  });
});

test('the history is sampled by the bot alone, and the host pages through it', async () => {
  await world().database.db.deleteFrom('health_check_history').execute();
  for (let visits = 0; visits < 3; visits += 1) await nobodyGets('/api/health');
  // One may be due just now.
  expect((await get('/api/health/history')).body.history.length).toBeLessThan(2);
  for (let samples = 0; samples < 3; samples += 1) await world().advance(5 * MINUTE_MS);
  const first = await get('/api/health/history?limit=2');
  expect(first.body.history).toHaveLength(2);
  expect(first.body.history[0].checked_at > first.body.history[1].checked_at).toBe(true);
  const rest = await get(`/api/health/history?limit=2&cursor=${first.body.next_cursor}`);
  expect(rest.body).toMatchObject({ period_hours: 24, next_cursor: null });
  expect(rest.body.history.length).toBeGreaterThan(0);
  for (const query of ['hours=721', 'hours=0', 'hours=1e3', 'limit=-1', 'cursor=x'])
    expect([query, (await get(`/api/health/history?${query}`)).status]).toEqual([query, 422]);
});

test('who may: a guild to its admins, everything to the host, nothing to others', async () => {
  const { guild, ann, mia } = await plant(world);
  const otto = world().sandbox.createGuild({ name: 'Elsewhere', owner: 'otto' }).member('otto');
  const here = `guild_id=${guild.id}`;
  for (const path of ['/top-commands', '/api/dashboard/metrics', '/api/metrics']) {
    const statuses = await Promise.all([
      nobodyGets(path),
      nobodyGets(`${path}?${here}`),
      get(`${path}?${here}`, mia),
      get(`${path}?${here}`, otto),
      get(`${path}?guild_id=`, ann),
      get(`${path}?guild_id=1%20or%201=1`, ann),
      get(`${path}?${here}`, ann),
      get(`${path}?${here}`),
      get(path),
    ]);
    expect([path, ...statuses.map(({ status }) => status)]).toEqual([
      path,
      401,
      401,
      403,
      403,
      403,
      403,
      200,
      200,
      200,
    ]);
  }
  expect((await nobodyGets('/api/health/history')).status).toBe(401);
});

test('commands are counted for one guild or all, without components', async () => {
  const { guild, ann } = await plant(world);
  const other = await plant(world);
  await used(guild.id, ['faq search', 'faq search', 'reminder_list']);
  await used(guild.id, ['privacy stored'], 'button');
  await used(other.guild.id, ['gdpr']);
  const here = await get(`/top-commands?guild_id=${guild.id}&days=1&limit=5`, ann);
  expect(here.body).toEqual({
    commands: { 'faq search': 2, reminder_list: 1 },
    period_days: 1,
    guild_id: guild.id,
    total_commands: 2,
  });
  expect(Object.keys((await get('/top-commands?days=1&limit=50')).body.commands)).toContain('gdpr');
  expect((await get('/top-commands?days=91')).status).toBe(422);
});

test('the metrics of a guild hold what is there, and only of it', async () => {
  const { guild, ann, mia } = await plant(world);
  const other = await plant(world);
  await mia.runs('/add_reminder', { name: 'Quiz', time: '20:00', date: 'tomorrow' });
  await other.mia.runs('/add_reminder', { name: 'Elsewhere', time: '20:00', date: 'tomorrow' });
  await used(guild.id, ['faq search']);
  const { status, body } = await get(`/api/dashboard/metrics?guild_id=${guild.id}`, ann);
  expect(status).toBe(200);
  expect(body.bot.guilds.map(({ id }: { id: string }) => id)).toEqual([guild.id]);
  expect(body.reminders).toMatchObject({ total: 1, one_off: 1, recurring: 0, upcoming: [{ name: 'Quiz' }] });
  expect(body.tickets).toMatchObject({ total: 0, open_count: 0, average_close_seconds: null });
  expect(body.command_usage).toMatchObject({
    top_commands: [{ command_name: 'faq search', usage_count: 1 }],
    total_commands_24h: 1,
  });
  expect(body.infrastructure).toMatchObject({ database_up: true });
  expect(body.cache_metrics).toMatchObject({
    command_tracker_queue: { size: expect.any(Number), max: 10_000 },
    settings: { size: expect.any(Number), max: 500 },
    guild_rights: { max: 1_000 },
    limit_add_reminder: { max: 1_000 },
    requests_read: { max: 1_000 },
    requests_write: { max: 1_000 },
    command_stats: { max: 50 },
    sync_cooldowns: { max: 500 },
    ticket_deleted_messages: { max: 5_000 },
  });
  expect(JSON.stringify(body)).not.toContain(other.guild.id);
  expect(JSON.stringify(body)).not.toContain('Elsewhere');
});

test('a block that cannot be read says so, and the others are there', async () => {
  const { guild, ann } = await plant(world);
  await sql`alter table support_tickets rename to support_tickets_away`.execute(world().database.db);
  const { status, body } = await get(`/api/dashboard/metrics?guild_id=${guild.id}`, ann);
  await sql`alter table support_tickets_away rename to support_tickets`.execute(world().database.db);
  expect(status).toBe(200);
  expect(body.tickets).toEqual({ unknown: true });
  expect(body.reminders).toMatchObject({ total: 0 });
});

// Last, for it stops parts of the bot.
test('monitoring hears of each part that is not well, and when it is again', async () => {
  const ready = async () => {
    const { status, body } = await nobodyGets('/readyz');
    return [status, body.not_well];
  };
  const mend = breakDatabase(world());
  expect(await ready()).toEqual([503, ['database']]);
  mend();
  expect(await ready()).toEqual([200, undefined]);
  const { client, tasks } = world().bot;
  await tasks.close(1_000);
  expect(await ready()).toEqual([503, ['scheduler']]);
  await client.ws['destroy']();
  expect(await ready()).toEqual([503, ['gateway', 'scheduler']]);
  expect((await nobodyGets('/status')).body).toMatchObject({ online: false });
  expect(await nobodyGets('/api/health')).toMatchObject({ status: 200, body: { guild_count: null } });
  expect((await nobodyGets('/livez')).status).toBe(200);
  await world().restart();
  expect(await ready()).toEqual([200, undefined]);
});
