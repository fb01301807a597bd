import { describe, expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import { settingKeys } from '#lib/settings/definitions';
import type { Town } from '../town.ts';
import { API, askAs, plant } from './api.ts';

const world = useBot({ config: { http: API } });

const show = (town: Town) => askAs(world, town.ann, 'GET', `/api/dashboard/settings/${town.guild.id}`);
const change = (town: Town, category: string, settings: object, by = town.ann) =>
  askAs(world, by, 'POST', `/api/dashboard/settings/${town.guild.id}`, { category, settings });
const history = (town: Town, query = '') =>
  askAs(world, town.ann, 'GET', `/api/dashboard/${town.guild.id}/settings/history${query}`);

test('all settings are there, of every scope, with what is in force', async () => {
  const town = await plant(world);
  const { status, body } = await show(town);
  expect(status).toBe(200);
  const named = Object.entries(body)
    .filter(([scope]) => !['defaults', 'overridden'].includes(scope))
    .flatMap(([scope, values]) => Object.keys(values as object).map((name) => `${scope}.${name}`));
  expect(named.toSorted()).toEqual(settingKeys.toSorted());
  expect(body.reminders).toMatchObject({ offset_minutes: 60, enabled: true, default_channel_id: null });
  expect(body.overridden).toEqual([]);
});

describe('a change', () => {
  test('of every kind comes back as it was sent, merges, and works in the bot at once', async () => {
    const town = await plant(world);
    const log = town.guild.channel('log').id;
    const system = await change(town, 'system', {
      log_channel_id: log,
      timezone: 'Europe/Amsterdam',
      language: 'nl',
    });
    expect(system.status).toBe(200);
    expect(system.body.changed.map(({ key }: { key: string }) => key)).toEqual([
      'log_channel_id',
      'timezone',
      'language',
    ]);
    await change(town, 'reminders', { enabled: false, pre_alerts: [1440, 30] });
    await change(town, 'gpt', { temperature: 0.3, model: 'some-model' });
    // What is not named stays.
    await change(town, 'reminders', { offset_minutes: 15 });
    const { body } = await show(town);
    expect(body.system).toMatchObject({ log_channel_id: log, timezone: 'Europe/Amsterdam', language: 'nl' });
    expect(body.reminders).toMatchObject({ enabled: false, pre_alerts: [1440, 30], offset_minutes: 15 });
    expect(body.gpt).toMatchObject({ temperature: 0.3, model: 'some-model' });
    expect((await town.mia.runs('/add_reminder', { name: 'Quiz', time: '20:00' })).text).toContain(
      'switched off',
    );
    expect((await town.ann.runs('/config show', { scope: 'reminders' })).text).toContain('15');
    expect(town.olivia.sees('log').length).toBeGreaterThan(0);
    // Null goes back.
    await change(town, 'reminders', { enabled: null });
    expect((await show(town)).body.reminders.enabled).toBe(true);
  });

  test('is all or nothing, and names each part that cannot be so', async () => {
    const town = await plant(world);
    const other = await plant(world);
    const refused = await change(town, 'system', {
      timezone: 'Europe/Amsterdam',
      log_channel_id: other.guild.channel('log').id,
      log_level: 'loud',
      nothing: true,
    });
    expect(refused.status).toBe(422);
    expect(refused.body.invalid.map(({ at }: { at: string }) => at)).toEqual([
      'body.settings.log_channel_id',
      'body.settings.log_level',
      'body.settings.nothing',
    ]);
    expect((await show(town)).body.overridden).toEqual([]);
    expect((await history(town)).body.history).toEqual([]);
  });

  test.each([
    ['text for a switch', 'reminders', { enabled: 'true' }],
    ['a number out of bounds', 'reminders', { offset_minutes: 4321 }],
    ['half a minute', 'reminders', { offset_minutes: 1.5 }],
    ['an id as a number', 'system', { log_channel_id: 112233445566778 }],
    ['a channel by its name', 'system', { log_channel_id: 'log' }],
    ['a zone that is none', 'system', { timezone: 'Mars/Olympus' }],
    ['what every object has', 'system', { constructor: 1, toString: 'x' }],
  ])('%s is refused', async (_what, category, settings) => {
    const town = await plant(world);
    expect((await change(town, category, settings)).status).toBe(422);
  });

  test('a role that the admin could not give is not theirs to set', async () => {
    const roles = [{ name: 'Admins', permissions: ['ManageGuild' as const], members: ['ann'] }];
    const town = await plant(world, { roles });
    const role = town.guild.createRole({ name: 'Member' });
    expect((await change(town, 'onboarding', { completion_role_id: role.id })).status).toBe(403);
    expect((await change(town, 'onboarding', { completion_role_id: role.id }, town.olivia)).status).toBe(200);
  });

  test('members, and the key without a person, may not', async () => {
    const town = await plant(world);
    expect((await change(town, 'reminders', { enabled: false }, town.mia)).status).toBe(403);
    const path = `/api/dashboard/settings/${town.guild.id}`;
    expect((await askAs(world, town.mia, 'GET', path)).status).toBe(403);
    expect((await askAs(world, null, 'GET', path)).status).toBe(200);
    const body = { category: 'reminders', settings: { enabled: false } };
    expect((await askAs(world, null, 'POST', path, body)).status).toBe(403);
  });
});

describe('history', () => {
  test('says who changed what, a page at a time and of one setting', async () => {
    const town = await plant(world);
    await change(town, 'reminders', { offset_minutes: 10 });
    await change(town, 'system', { language: 'nl' });
    await change(town, 'reminders', { offset_minutes: 20 });
    const all = await history(town, '?limit=2');
    expect(all.body.history).toMatchObject([
      {
        scope: 'reminders',
        key: 'offset_minutes',
        old_value: 10,
        new_value: 20,
        changed_by: town.ann.id,
        change_type: 'updated',
      },
      { scope: 'system', key: 'language', old_value: null, new_value: 'nl', change_type: 'created' },
    ]);
    const rest = await history(town, `?limit=2&cursor=${all.body.next_cursor}`);
    expect(rest.body).toMatchObject({ history: [{ new_value: 10 }], next_cursor: null });
    expect((await history(town, '?scope=system')).body.history).toHaveLength(1);
    expect((await history(town, '?scope=reminders&key=offset_minutes')).body.history).toHaveLength(2);
    expect((await history(town, '?key=offset_minutes')).status).toBe(422);
    expect((await history(town, '?limit=-1')).status).toBe(422);
    expect((await history(town, '?limit=101')).status).toBe(422);
  });

  test('a change is taken back, once, in the bot as well; its server alone', async () => {
    const town = await plant(world);
    const other = await plant(world);
    await change(town, 'reminders', { offset_minutes: 10 });
    const { body } = await change(town, 'reminders', { offset_minutes: 20 });
    const id = body.changed[0].id;
    const rollBack = (of: Town) =>
      askAs(world, of.ann, 'POST', `/api/dashboard/${of.guild.id}/settings/rollback/${id}`);
    expect((await rollBack(other)).status).toBe(404);
    const done = await rollBack(town);
    expect(done.body.changed).toMatchObject([{ old_value: 20, new_value: 10, change_type: 'undone' }]);
    expect((await show(town)).body.reminders.offset_minutes).toBe(10);
    expect((await rollBack(town)).status).toBe(409);
  });
});
