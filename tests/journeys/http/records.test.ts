import { describe, expect, test } from 'vitest';
import { putTicket } from '../../lib/tickets/fixtures-record.ts';
import { useBot } from '../../setup/bot.ts';
import type { Town } from '../town.ts';
import { API, askAs, plant } from './api.ts';

const world = useBot({ config: { http: API } });

const call = (town: Town, method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  askAs(world, town.ann, method, `/api/dashboard/${town.guild.id}/${path}`, body, headers);

describe('tickets', () => {
  const put = ({ guild }: Town, { id: userId }: { readonly id: string }) =>
    putTicket(world().database.db, { guildId: guild.id, userId });

  test('are listed a page at a time, with what happened and what was said', async () => {
    const town = await plant(world);
    // A member has one open ticket.
    for (const person of [town.mia, town.sam, town.niels]) await put(town, person);
    const first = await call(town, 'GET', 'tickets?limit=2');
    expect(first.status).toBe(200);
    expect(first.body.tickets).toMatchObject([
      { user_id: town.mia.id, status: 'open' },
      { user_id: town.sam.id, status: 'open' },
    ]);
    const rest = await call(town, 'GET', `tickets?limit=2&cursor=${first.body.next_cursor}`);
    expect(rest.body).toMatchObject({ tickets: [{ user_id: town.niels.id }], next_cursor: null });
    const ids = [...first.body.tickets, ...rest.body.tickets].map(({ id }: { id: number }) => id);
    expect(new Set(ids).size).toBe(3);
    expect((await call(town, 'GET', 'tickets?status=closed')).body.tickets).toEqual([]);
    expect((await call(town, 'GET', `tickets?user_id=${town.olivia.id}`)).body.tickets).toEqual([]);
    for (const wrong of ['cursor=a', 'cursor=b1.1', 'status=gone', 'limit=0'])
      expect((await call(town, 'GET', `tickets?${wrong}`)).status).toBe(422);

    const one = await call(town, 'GET', `tickets/${ids[0]}`);
    expect(one.body).toMatchObject({ id: ids[0], user_id: town.mia.id, members: [], form: [] });
    const json = await call(town, 'GET', `tickets/${ids[0]}/transcript`);
    expect(json.headers.get('content-type')).toContain('application/json');
    expect(json.body).toMatchObject({ version: 1, ticket: { id: ids[0] } });
    const page = await call(town, 'GET', `tickets/${ids[0]}/transcript`, undefined, { Accept: 'text/html' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(page.body).toContain('<!doctype html>');

    const other = await plant(world);
    expect((await call(other, 'GET', `tickets/${ids[0]}`)).status).toBe(404);
    expect((await call(other, 'GET', `tickets/${ids[0]}/transcript`)).status).toBe(404);
    expect((await call(other, 'GET', 'tickets')).body.tickets).toEqual([]);
    const path = `/api/dashboard/${town.guild.id}/tickets`;
    expect((await askAs(world, town.mia, 'GET', path)).status).toBe(403);
  });
});

describe('FAQ', () => {
  const entry = {
    title: 'How do I join?',
    answer: 'Click **the button**.',
    keywords: ['join'],
    language: 'en-US',
  };

  test('an entry is written, read, changed and deleted, and found in Discord', async () => {
    const town = await plant(world);
    const made = await call(town, 'POST', 'faq', entry, { 'Idempotency-Key': 'faq-1' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(entry);
    const again = await call(town, 'POST', 'faq', entry, { 'Idempotency-Key': 'faq-1' });
    expect(again.body).toEqual(made.body);
    const path = `faq/${made.body.id}`;
    expect((await call(town, 'GET', path)).body).toEqual(made.body);
    expect((await town.mia.runs('/faq search', { query: 'join' })).text).toContain('How do I join?');
    const changed = await call(town, 'PUT', path, { ...entry, title: 'How do I take part?', language: 'nl' });
    expect(changed.body).toMatchObject({ title: 'How do I take part?', language: 'nl' });
    const all = await call(town, 'GET', 'faq');
    expect(all.body).toEqual({ entries: [changed.body], next_cursor: null });
    expect((await call(town, 'POST', 'faq', { ...entry, title: '\u200B' })).status).toBe(422);
    expect((await call(town, 'POST', 'faq', { ...entry, language: 'fr' })).status).toBe(422);
    const other = await plant(world);
    expect((await call(other, 'PUT', path, entry)).status).toBe(404);
    expect((await call(other, 'DELETE', path)).status).toBe(404);
    expect((await call(town, 'DELETE', path)).body).toEqual({ success: true });
    expect((await call(town, 'GET', path)).status).toBe(404);
  });
});

describe('servers', () => {
  const all = async (person: { readonly id: string } | null): Promise<string[]> => {
    const ids: string[] = [];
    let query = '?limit=2';
    for (let page = 0; page < 50 && query !== ''; page += 1) {
      const { status, body } = await askAs(world, person, 'GET', `/api/guilds${query}`);
      expect(status).toBe(200);
      ids.push(...body.guilds.map(({ id }: { id: string }) => id));
      query = body.next_cursor === null ? '' : `?limit=2&cursor=${body.next_cursor}`;
    }
    return ids;
  };

  test('are those that somebody may manage now; the host sees all', async () => {
    const town = await plant(world);
    const elsewhere = world().sandbox.createGuild({ name: 'Elsewhere', owner: 'zoe', members: [] });
    await plant(world);
    const zoe = elsewhere.member('zoe');
    expect(await all(zoe)).toEqual([elsewhere.id]);
    expect(await all(town.mia)).toEqual([]);
    expect(await all(town.ann)).toContain(town.guild.id);
    expect(await all(town.ann)).not.toContain(elsewhere.id);
    expect(await all(null)).toEqual(expect.arrayContaining([town.guild.id, elsewhere.id]));
    const nobody = await askAs(world, null, 'GET', '/api/guilds', undefined, { 'X-API-Key': '' });
    expect(nobody.status).toBe(401);
  });
});
