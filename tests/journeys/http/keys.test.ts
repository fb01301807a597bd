import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../sandbox/people/person.ts';
import { DAY_MS, MINUTE_MS, useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';
import { plantTown } from '../town.ts';
import { loadProbe } from './probe.ts';

const SERVICE_KEY = 'a-service-key-of-the-host';
const world = useBot({ config: { http: { ...HTTP, trustedProxies: 1, serviceKey: SERVICE_KEY } } });
beforeAll(loadProbe);

let address = 0;
/** From an address of its own, so that no test takes another one's turns. */
const from = (headers: Record<string, string> = {}): Record<string, string> => {
  address += 1;
  return { 'X-Forwarded-For': `10.0.${address >> 8}.${address & 255}`, ...headers };
};
const withKey = (key: string): Record<string, string> => from({ Authorization: `Bearer ${key}` });

async function makeKey(person: Person, scopes = 'settings:read', more = {}): Promise<string> {
  const made = await person.runs('/api_key create', { name: 'script', scopes, ...more });
  expect(made.ephemeral).toBe(true);
  return /alphapy_[\w-]+/.exec(made.text)?.[0] ?? made.text;
}

describe('a key', () => {
  test('is shown once, acts for its maker in its guild, and its use shows in the list', async () => {
    const { guild, ann } = plantTown(world());
    const other = plantTown(world());
    await ann.runs('/config set', { setting: 'system.log_channel_id', value: '#log' });
    expect((await ann.runs('/api_key list')).text).toContain('There are no keys.');
    const key = await makeKey(ann);
    expect(key).toMatch(/^alphapy_[\w-]{43}$/);
    expect((await ann.runs('/api_key list')).text).toContain('never used');

    const me = await ask(world, '/api/me', { headers: withKey(key) });
    expect(await me.json()).toEqual({
      user_id: ann.id,
      by: 'key',
      guild_id: guild.id,
      scopes: ['settings:read'],
    });
    expect((await ask(world, `/probe/${guild.id}`, { headers: from({ 'X-API-Key': key }) })).status).toBe(
      204,
    );
    const elsewhere = await ask(world, `/probe/${other.guild.id}`, { headers: withKey(key) });
    expect(elsewhere.status).toBe(403);
    const writes = await ask(world, `/probe/${guild.id}`, { method: 'PUT', headers: withKey(key) });
    expect(writes.status).toBe(403);
    expect(await writes.json()).toMatchObject({ detail: 'This key does not have the scope settings:write.' });

    expect((await ann.runs('/api_key list')).text).toContain('last used');
    const told = ann
      .sees('log')
      .map(({ text }) => text)
      .join('\n');
    expect(told).toContain('Key for the API made');
    const stored = await world().database.db.selectFrom('api_keys').selectAll().execute();
    for (const place of [told, JSON.stringify(stored), JSON.stringify(world().logged)])
      expect(place).not.toContain(key);
  });

  test('ends when it is revoked, when it expires, and while its maker may not manage the server', async () => {
    const { guild, ann, niels } = plantTown(world());
    const status = async (key: string) =>
      (await ask(world, `/probe/${guild.id}`, { headers: withKey(key) })).status;
    const [revoked, ofNiels] = [await makeKey(ann), await makeKey(niels)];
    const [choice] = await niels.autocompletes('/api_key revoke', { key: revoked.slice(0, 12) }, 'key');
    expect((await niels.runs('/api_key revoke', { key: Number(choice?.value) })).text).toContain(
      'is geëindigd',
    );
    expect(await status(revoked)).toBe(401);
    expect((await ann.runs('/api_key revoke', { key: Number(choice?.value) })).text).toContain('no such key');

    expect(await status(ofNiels)).toBe(204);
    guild.takeRole('niels', 'Admins');
    await world().advance(MINUTE_MS);
    expect(await status(ofNiels)).toBe(403);

    const short = await makeKey(ann, 'all', { expires: 1 });
    expect(await status(short)).toBe(204);
    await world().advance(DAY_MS);
    const expired = await ask(world, `/probe/${guild.id}`, { headers: withKey(short) });
    expect(expired.status).toBe(401);
    expect(await expired.json()).toMatchObject({ detail: expect.stringContaining('expired') as string });
  });

  test('is for admins, whose words are checked, and scopes are offered one after the other', async () => {
    const { ann, mia } = plantTown(world());
    await expect(mia.runs('/api_key list')).rejects.toThrow(/permission/i);
    expect((await ann.runs('/api_key create', { name: ' ', scopes: 'all' })).text).toContain('1 to 50');
    expect((await ann.runs('/api_key create', { name: 'x', scopes: 'everything' })).text).toContain(
      'faq:read',
    );
    const offered = await ann.autocompletes(
      '/api_key create',
      { name: 'x', scopes: 'faq:read set' },
      'scopes',
    );
    expect(offered.map(({ value }) => value)).toEqual(['faq:read settings:read', 'faq:read settings:write']);
    for (let count = 0; count < 25; count += 1) await makeKey(ann);
    expect(await makeKey(ann)).toContain('no more fit');
  });
});

describe('limits', () => {
  test('a key has turns of its own, whatever its address', async () => {
    const { ann } = plantTown(world());
    const [one, other] = [await makeKey(ann), await makeKey(ann)];
    const here = from();
    for (let turn = 0; turn < 30; turn += 1)
      expect((await ask(world, '/api/me', { headers: { ...here, 'X-API-Key': one } })).status).toBe(200);
    expect((await ask(world, '/api/me', { headers: { ...here, 'X-API-Key': other } })).status).toBe(200);
    const spent = await ask(world, '/api/me', { headers: { ...from(), 'X-API-Key': one } });
    expect(spent.status).toBe(429);
    expect(Number(spent.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('an address that shows wrong keys is not listened to after 30, with a right one neither', async () => {
    const { ann } = plantTown(world());
    const key = await makeKey(ann);
    const here = from();
    const statuses = new Set<number>();
    for (let turn = 0; turn < 30; turn += 1)
      statuses.add(
        (await ask(world, '/livez', { headers: { ...here, 'X-API-Key': `alphapy_${turn}` } })).status,
      );
    expect([...statuses]).toEqual([200]);
    expect((await ask(world, '/api/me', { headers: { ...here, 'X-API-Key': key } })).status).toBe(429);
    expect((await ask(world, '/livez', { headers: here })).status).toBe(200);
    expect((await ask(world, '/api/me', { headers: { ...from(), 'X-API-Key': key } })).status).toBe(200);
  });
});

describe('the service key', () => {
  test('acts for whom it names, and without it a name is worth nothing', async () => {
    const { guild, ann, mia } = plantTown(world());
    const as = (key: string, user?: string): Record<string, string> =>
      from({ 'X-API-Key': key, ...(user !== undefined && { 'X-User-Id': user }) });
    const status = async (headers: Record<string, string>) =>
      (await ask(world, `/probe/${guild.id}`, { headers })).status;
    expect(await status(as(SERVICE_KEY, ann.id))).toBe(204);
    expect(await status(as(SERVICE_KEY, mia.id))).toBe(403);
    expect(await status(as(`${SERVICE_KEY}x`, ann.id))).toBe(401);
    expect(await status(from({ 'X-User-Id': ann.id }))).toBe(401);
    expect(await status(as(SERVICE_KEY, '1 or 1=1'))).toBe(401);
    expect(await status({ ...as(SERVICE_KEY), Authorization: 'Bearer x' })).toBe(401);
  });
});
