import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SupabaseAccounts } from '#lib/access/supabase-accounts';
import { createLog } from '#lib/logging/logger';
import { MovableClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';
import { FakeSupabase, tokenOf } from '../../setup/supabase.ts';

const [MIA, SAM] = ['70000000000000001', '70000000000000002'];
const MINUTE_MS = 60_000;
const database = useDatabase();
const supabase = new FakeSupabase();
const clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));

beforeAll(() => supabase.start());
afterEach(async () => {
  supabase.isDown = false;
  supabase.asked.length = 0;
  await database().empty();
});
afterAll(() => supabase.close());

const accounts = (serviceRoleKey: string | null = null) =>
  new SupabaseAccounts(
    { db: database().db, clock, log: createLog('silent') },
    { ...supabase.project, serviceRoleKey },
  );
const token = (subject: string) => tokenOf({ now: clock.now(), issuer: supabase.authUrl, subject });

test('Supabase is asked once an hour, and once for many at a time', async () => {
  const account = supabase.account(MIA);
  const all = accounts();
  const own = await token(account);
  const answers = await Promise.all(Array.from({ length: 5 }, () => all.linked(account, own)));
  expect(answers).toEqual(Array.from({ length: 5 }, () => ({ discordUserId: MIA })));
  expect(supabase.asked).toEqual(['/auth/v1/user']);
  supabase.isDown = true;
  clock.advance(59 * MINUTE_MS);
  expect(await all.linked(account, own)).toEqual({ discordUserId: MIA });
  clock.advance(2 * MINUTE_MS);
  await expect(all.linked(account, own)).rejects.toMatchObject({ status: 503 });
  supabase.isDown = false;
  expect(await all.linked(account, own)).toEqual({ discordUserId: MIA });
});

test('only what Discord told Supabase counts, never what people write of themselves', async () => {
  const forged = supabase.account(null, {
    identities: [
      { provider: 'google', id: MIA, identity_data: { provider_id: MIA } },
      { provider: 'discord', id: `${MIA} or 1=1` },
    ],
    user_metadata: { provider_id: MIA, sub: MIA, discord_id: MIA },
    app_metadata: { provider: 'discord' },
  });
  expect(await accounts().linked(forged, await token(forged))).toBe('unlinked');
  expect(await accounts('service').linked(forged, await token(forged))).toBe('unlinked');
  const other = supabase.account(MIA);
  supabase.accounts.set(forged, supabase.accounts.get(other));
  await expect(accounts().linked(forged, await token(forged))).rejects.toMatchObject({ status: 503 });
});

test('a Discord that is linked to another account goes along, and an account that is gone is nobody', async () => {
  const [old, fresh] = [supabase.account(MIA), supabase.account(MIA)];
  await accounts('service').linked(old, '');
  await accounts('service').linked(fresh, '');
  const rows = await database().db.selectFrom('supabase_accounts').selectAll().execute();
  expect(rows).toMatchObject([{ supabase_user_id: fresh, discord_user_id: MIA }]);
  supabase.account(SAM);
  supabase.accounts.delete(fresh);
  clock.advance(61 * MINUTE_MS);
  expect(await accounts('service').linked(fresh, '')).toBe('gone');
  expect(await database().db.selectFrom('supabase_accounts').selectAll().execute()).toEqual([]);
});
