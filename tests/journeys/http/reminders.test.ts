import { describe, expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import type { Town } from '../town.ts';
import { API, askAs, plant, type Answered } from './api.ts';

const world = useBot({ config: { http: API, enableEveryoneMentions: true } });

const create = (person: Town['mia'], body: object, headers?: Record<string, string>): Promise<Answered> =>
  askAs(world, person, 'POST', '/api/reminders', body, headers);

const basic = ({ guild }: Town) => ({
  guild_id: guild.id,
  channel_id: guild.channel('events').id,
  name: 'Quiz night',
  message: 'Bring a pen',
});

describe('a script keeps reminders', () => {
  test('makes one as the seed says, reads it, changes it and deletes it; Discord shows the same', async () => {
    const town = await plant(world);
    const { mia } = town;
    const made = await create(mia, { ...basic(town), location: 'Attic', time: '19:30', days: ['0', '3'] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      guild_id: town.guild.id,
      user_id: mia.id,
      channel_id: town.guild.channel('events').id,
      name: 'Quiz night',
      location: 'Attic',
      time: '19:30',
      days: ['0', '3'],
      event_time: null,
      next_send_at: '2026-12-03T17:30:00.000Z',
    });
    expect((await mia.runs('/reminder_list')).text).toContain('Quiz night');

    const { id } = made.body;
    const mine = await askAs(world, mia, 'GET', '/api/reminders');
    expect(mine.body).toEqual({ reminders: [made.body], next_cursor: null });
    expect((await askAs(world, mia, 'GET', `/api/reminders/${mia.id}`)).body).toEqual(mine.body);
    const one = await askAs(world, mia, 'GET', `/api/reminders/item/${id}`);
    expect(one.body).toEqual(made.body);
    expect(one.headers.get('etag')).toBe(`"${made.body.version}"`);

    const changed = await askAs(world, mia, 'PUT', '/api/reminders', {
      id,
      user_id: mia.id,
      name: 'Film night',
      message: 'Bring popcorn',
      event_time: '2026-12-24T20:00:00+01:00',
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      name: 'Film night',
      location: null,
      days: [],
      time: '20:00',
      event_time: '2026-12-24T19:00:00.000Z',
      next_send_at: '2026-12-24T18:00:00.000Z',
    });
    const renamed = await askAs(world, mia, 'PUT', `/api/reminders/${id}`, { name: 'Late film' });
    expect(renamed.body).toMatchObject({
      name: 'Late film',
      message: '',
      event_time: '2026-12-24T19:00:00.000Z',
    });

    expect((await askAs(world, mia, 'DELETE', `/api/reminders/${id}/${mia.id}`)).body).toEqual({
      success: true,
    });
    expect((await askAs(world, mia, 'DELETE', `/api/reminders/${id}`)).status).toBe(404);
    expect((await askAs(world, mia, 'GET', '/api/reminders')).body).toEqual({
      reminders: [],
      next_cursor: null,
    });
  });

  test('in words, and to oneself alone', async () => {
    const town = await plant(world);
    const made = await create(town.sam, {
      guild_id: town.guild.id,
      private: true,
      name: 'Water the plants',
      when: 'every other friday 19:30',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ recipient_id: town.sam.id, channel_id: null, days: [] });
    expect(made.body.rrule).toContain('INTERVAL=2');
    // An admin does not see what is for somebody else alone.
    const { id } = made.body;
    expect((await askAs(world, town.ann, 'GET', `/api/reminders/item/${id}`)).status).toBe(404);
  });

  test('a page at a time', async () => {
    const town = await plant(world);
    for (const name of ['one', 'two', 'three'])
      await create(town.mia, { ...basic(town), name, time: '20:00' });
    const names: string[] = [];
    let path = `/api/reminders?limit=2&guild_id=${town.guild.id}`;
    for (let page = 0; page < 5 && path !== ''; page += 1) {
      const { body, headers } = await askAs(world, town.mia, 'GET', path);
      names.push(...body.reminders.map((one: { name: string }) => one.name));
      const next = /<(\?[^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      expect(next !== undefined).toBe(body.next_cursor !== null);
      path = next === undefined ? '' : `/api/reminders${next}`;
    }
    expect(names).toEqual(['one', 'two', 'three']);
  });
});

describe('repeated', () => {
  test('twins with one key make one reminder, also after a restart', async () => {
    const town = await plant(world);
    const body = { ...basic(town), time: '21:00' };
    const key = { 'Idempotency-Key': 'twins-1' };
    const twins = await Promise.all([create(town.mia, body, key), create(town.mia, body, key)]);
    expect(twins.map(({ status }) => status)).toEqual([201, 201]);
    expect(twins[0]?.body).toEqual(twins[1]?.body);
    await world().restart();
    const again = await create(town.mia, body, key);
    expect(again.body).toEqual(twins[0]?.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const mine = await askAs(world, town.mia, 'GET', `/api/reminders?guild_id=${town.guild.id}`);
    expect(mine.body.reminders).toHaveLength(1);
    expect((await create(town.mia, { ...body, name: 'Another' }, key)).status).toBe(422);
  });

  test('a change of what was read before somebody else changed it is refused', async () => {
    const town = await plant(world);
    const { body } = await create(town.mia, { ...basic(town), time: '21:00' });
    const change = (name: string) =>
      askAs(
        world,
        town.mia,
        'PUT',
        `/api/reminders/${body.id}`,
        { name },
        { 'If-Match': `"${body.version}"` },
      );
    expect((await change('First')).status).toBe(200);
    expect((await change('Second')).status).toBe(412);
  });
});

describe('what Discord would refuse is refused', () => {
  test('somebody else may not, an admin may', async () => {
    const town = await plant(world);
    const { body } = await create(town.mia, { ...basic(town), time: '21:00' });
    const path = `/api/reminders/${body.id}`;
    expect((await askAs(world, town.sam, 'PUT', path, { name: 'Mine now' })).status).toBe(403);
    expect((await askAs(world, town.sam, 'DELETE', path)).status).toBe(403);
    expect((await askAs(world, town.sam, 'GET', `/api/reminders/${town.mia.id}`)).status).toBe(403);
    expect((await askAs(world, town.sam, 'DELETE', `${path}/${town.sam.id}`)).status).toBe(403);
    expect((await askAs(world, town.ann, 'PUT', path, { name: 'Tidied' })).status).toBe(200);
    expect((await askAs(world, town.ann, 'DELETE', path)).status).toBe(200);
  });

  test('an admin of another server neither sees nor changes it', async () => {
    const here = await plant(world);
    const elsewhere = world().sandbox.createGuild({ name: 'Elsewhere', owner: 'zoe', members: [] });
    const zoe = elsewhere.member('zoe');
    const { body } = await create(here.mia, { ...basic(here), time: '21:00' });
    const path = `/api/reminders/${body.id}`;
    expect((await askAs(world, zoe, 'DELETE', path)).status).toBe(404);
    expect((await askAs(world, zoe, 'GET', `/api/reminders/item/${body.id}`)).status).toBe(404);
    expect((await create(zoe, { ...basic(here), time: '21:00' })).status).toBe(403);
  });

  test('a channel of another server, one that the member may not write in, and everyone', async () => {
    const town = await plant(world);
    const other = await plant(world);
    const time = '21:00';
    const make = (more: object) => create(town.mia, { ...basic(town), time, ...more });
    expect((await make({ channel_id: other.guild.channel('events').id })).status).toBe(422);
    expect((await make({ channel_id: town.guild.channel('rules').id })).status).toBe(403);
    expect((await make({ mention_everyone: true })).status).toBe(403);
    const { body } = await make({});
    const moved = (channel: string) =>
      askAs(world, town.mia, 'PUT', `/api/reminders/${body.id}`, { name: 'x', channel_id: channel });
    expect((await moved(other.guild.channel('events').id)).status).toBe(422);
    expect((await moved(town.guild.channel('rules').id)).status).toBe(403);
    expect((await moved(town.guild.channel('general').id)).body.channel_id).toBe(
      town.guild.channel('general').id,
    );
  });

  test.each([
    ['no time at all', {}],
    ['two times', { time: '20:00', when: 'tomorrow 20:00' }],
    ['days without a time', { when: 'tomorrow 20:00', days: ['0'] }],
    ['no time of day', { time: '25:00' }],
    ['the past', { event_time: '2020-01-01T00:00:00Z' }],
    ['an instant without a zone', { event_time: '2027-01-01T00:00:00' }],
    ['another year altogether', { event_time: '9999-12-31T23:59:59Z' }],
    ['a name that shows nothing', { time: '20:00', name: '\u0000\u200B' }],
    ['a name too long', { time: '20:00', name: 'x'.repeat(101) }],
    ['an id that is a number', { time: '20:00', channel_id: 123456789012345 }],
    ['something nobody asked for', { time: '20:00', created_by: '123456789012345678' }],
  ])('%s', async (_what, more) => {
    const town = await plant(world);
    const refused = await create(town.mia, { ...basic(town), ...more });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ status: 422, detail: expect.any(String) });
  });

  test('more than a member may have', async () => {
    const town = await plant(world);
    await world()
      .database.db.insertInto('reminders')
      .values(
        Array.from({ length: 50 }, (_, number) => ({
          guild_id: town.guild.id,
          channel_id: town.guild.channel('events').id,
          created_by: town.mia.id,
          name: `r${number}`,
          call_time: '20:00',
          time: '19:00',
          days: ['0'],
          offset_minutes: 60,
        })),
      )
      .execute();
    expect((await create(town.mia, { ...basic(town), time: '21:00' })).status).toBe(409);
  });
});

// Last, for it moves the clock.
test('reminders of the API are delivered like any other, private ones to their maker alone', async () => {
  const town = await plant(world);
  const event_time = '2026-12-01T12:00:00Z';
  await create(town.mia, { ...basic(town), event_time });
  await create(town.sam, { guild_id: town.guild.id, private: true, name: 'Dentist', event_time });
  await world().moveTo('2026-12-01T11:00:30Z');
  expect(town.mia.sees('events').at(-1)?.embeds[0]?.title).toContain('Quiz night');
  await world().moveTo('2026-12-01T12:00:30Z');
  expect(town.sam.dms.map(({ embeds }) => embeds[0]?.title)).toEqual([expect.stringContaining('Dentist')]);
  for (const channel of ['general', 'events', 'news', 'log'])
    expect(JSON.stringify(town.olivia.sees(channel))).not.toContain('Dentist');
});
