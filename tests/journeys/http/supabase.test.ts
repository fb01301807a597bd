import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBot } from '../../setup/bot.ts';
import { ask, HTTP } from '../../setup/http.ts';
import { FakeSupabase, tokenOf } from '../../setup/supabase.ts';
import { plantTown } from '../town.ts';
import { loadProbe } from './probe.ts';

const supabase = new FakeSupabase();
await supabase.start();
const world = useBot({ config: { http: { ...HTTP, supabase: supabase.project } } });
beforeAll(loadProbe);
afterAll(() => supabase.close());

async function asks(path: string, account: string): Promise<Response> {
  const token = await tokenOf({ now: world().clock.now(), issuer: supabase.authUrl, subject: account });
  return ask(world, path, { headers: { Authorization: `Bearer ${token}` } });
}

test('who signed in with Discord at Supabase may what they may in Discord', async () => {
  const { guild, ann, mia } = plantTown(world());
  const [admin, member, stranger] = [ann.id, mia.id, null].map((id) => supabase.account(id)) as [
    string,
    string,
    string,
  ];
  expect(await (await asks('/api/me', admin)).json()).toMatchObject({ user_id: ann.id, by: 'supabase' });
  expect((await asks(`/probe/${guild.id}`, admin)).status).toBe(204);
  expect((await asks(`/probe/${guild.id}`, member)).status).toBe(403);
  const unlinked = await asks('/api/me', stranger);
  expect(unlinked.status).toBe(403);
  expect(await unlinked.json()).toMatchObject({ detail: expect.stringContaining('Link Discord') as string });
  supabase.isDown = true;
  expect((await asks('/api/me', admin)).status).toBe(200);
  expect((await asks('/api/me', supabase.account(mia.id))).status).toBe(503);
});
