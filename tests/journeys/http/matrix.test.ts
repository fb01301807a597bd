import { container } from '@sapphire/framework';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RequestLimits } from '#lib/http/limits';
import { useBot } from '../../setup/bot.ts';
import { ask } from '../../setup/http.ts';
import { FakeSupabase } from '../../setup/supabase.ts';
import { botHears } from '../town.ts';
import { API, plant } from './api.ts';
import { assemble, METRICS_TOKEN, type Places, type Proof, type Prove } from './matrix-callers.ts';
import { fingerprint, plantOne, SECRET, type Planted } from './matrix-planted.ts';
import { ROUTES, type Asked, type Column } from './matrix-routes.ts';

/**
 * Who may what, by what it is for (see `matrix-routes.ts`): a server's data needs Manage Server in it now, a reminder is its maker's and
 * the admins', figures of the whole bot are for who runs it. "in" leads to the sign-in, or refuses a form with 401.
 */
const TABLE = `
                                                       open me  servers mine make reminder member read write bot page process
nobody                                                 ok   401 401     401  401  401      401    401  401   401 in   403
a token that has expired                               ok   401 401     401  401  401      401    401  401   401 in   403
a token of another issuer                              ok   401 401     401  401  401      401    401  401   401 in   403
a token for others                                     ok   401 401     401  401  401      401    401  401   401 in   403
a token without a signature                            ok   401 401     401  401  401      401    401  401   401 in   403
a token signed by a stranger                           ok   401 401     401  401  401      401    401  401   401 in   403
a token signed with the public key                     ok   401 401     401  401  401      401    401  401   401 in   403
a token of an account that is gone                     ok   401 401     401  401  401      401    401  401   401 in   403
a session that has expired                             ok   401 401     401  401  401      401    401  401   401 in   403
a session nobody began                                 ok   401 401     401  401  401      401    401  401   401 in   403
a session beside a wrong key                           ok   401 401     401  401  401      401    401  401   401 in   403
a key nobody made                                      ok   401 401     401  401  401      401    401  401   401 in   403
a key that was revoked                                 ok   401 401     401  401  401      401    401  401   401 in   403
a key that has expired                                 ok   401 401     401  401  401      401    401  401   401 in   403
a key and a token at once                              ok   401 401     401  401  401      401    401  401   401 in   403
a name without a key                                   ok   401 401     401  401  401      401    401  401   401 in   403
a wrong API_KEY for an admin                           ok   401 401     401  401  401      401    401  401   401 in   403
API_KEY for no person                                  ok   401 401     401  401  401      401    401  401   401 in   403
API_KEY as a token                                     ok   401 401     401  401  401      401    401  401   401 in   403
METRICS_TOKEN                                          ok   401 401     401  401  401      401    401  401   401 in   ok
an account without Discord                             ok   403 403     403  403  403      403    403  403   403 in   403

the member, by token                                   ok   ok  ok      ok   ok   ok       ok     403  403   403 in   403
the member, by session                                 ok   ok  ok      ok   ok   ok       ok     403  403   403 403  403
the member, by API_KEY                                 ok   ok  ok      ok   ok   ok       ok     403  403   403 in   403
another member, by token                               ok   ok  ok      ok   ok   403      403    403  403   403 in   403
an admin, by token                                     ok   ok  ok      ok   ok   ok       403    ok   ok    403 in   403
an admin, by session                                   ok   ok  ok      ok   ok   ok       403    ok   ok    403 ok   403
an admin, by API_KEY                                   ok   ok  ok      ok   ok   ok       403    ok   ok    403 in   403
an admin of another server, by token                   ok   ok  ok      ok   403  404      403    403  403   403 in   403
an admin of another server, by session                 ok   ok  ok      ok   403  404      403    403  403   403 403  403
an admin of another server, by API_KEY                 ok   ok  ok      ok   403  404      403    403  403   403 in   403
a former admin, by session                             ok   ok  ok      ok   ok   403      403    403  403   403 403  403
the key with this scope alone                          ok   ok  ok      ok   ok   ok       403    ok   ok    403 in   403
a key with every other scope                           ok   ok  ok      403  403  403      403    403  403   403 in   403
a key of another server                                ok   ok  ok      ok   403  404      403    403  403   403 in   403
a key of a former admin                                ok   403 ok      403  403  403      403    403  403   403 in   403
a key made in another server by an admin of this one   ok   403 ok      403  403  403      403    403  403   403 in   403
who runs the bot, by token                             ok   ok  ok      ok   403  404      403    403  403   ok  in   403
who runs the bot, by API_KEY                           ok   ok  ok      ok   403  404      403    403  403   ok  in   403
API_KEY                                                ok   403 ok      403  403  403      403    ok   403   ok  in   403
`;

type Cell = number | 'ok' | 'in';

function readTable(): ReadonlyMap<string, ReadonlyMap<string, Cell>> {
  const [head = '', ...lines] = TABLE.split('\n').filter((line) => line !== '');
  const columns = head.trim().split(/ +/);
  return new Map(
    lines.map((line) => {
      const [, who = '', cells = ''] = /^(.*?) {2,}(.*)$/.exec(line) ?? [];
      const read = cells.split(/ +/).map((cell) => (cell === 'ok' || cell === 'in' ? cell : Number(cell)));
      if (read.length !== columns.length) throw new Error(`${who}: ${cells}`);
      return [who, new Map(columns.map((column, index) => [column, read[index] ?? Number.NaN]))];
    }),
  );
}

const expected = readTable();
const supabase = new FakeSupabase();
await supabase.start();
const world = useBot({
  config: {
    http: {
      ...API,
      supabase: supabase.project,
      supabaseWebhookKeys: [Buffer.alloc(32, 'k')],
      metricsToken: METRICS_TOKEN,
      discordClientSecret: 'sandbox-client-secret',
    },
  },
});
afterAll(() => supabase.close());

let here: Places['here'];
let callers: Readonly<Record<string, Prove>>;

beforeAll(async () => {
  here = await plant(world);
  const guild = world().sandbox.createGuild({ name: 'Elsewhere', owner: 'zoe', members: [] });
  await botHears(world(), guild);
  here.guild.takeRole('niels', 'Admins');
  await botHears(world(), here.guild);
  callers = await assemble(world(), supabase, {
    here,
    elsewhere: { guildId: guild.id, zoe: guild.member('zoe') },
  });
});

const planting = (): Promise<Planted> => plantOne(world().database.db, container.settings, here);
const state = (): Promise<string> => fingerprint(world().database.db, here.guild.id);

async function request(
  route: string,
  asked: Asked,
  planted: Planted,
  { headers, csrf }: Proof,
): Promise<{ readonly status: number; readonly text: string; readonly location: string | null }> {
  container.requestLimits = new RequestLimits(container.caches);
  const [method = '', template = ''] = route.split(' ');
  const names: Readonly<Record<string, unknown>> = { ...planted, ...asked.path?.(planted) };
  const path = template.replaceAll(/\[(\w+)\]/g, (_, name: string) => String(names[name]));
  const fields = asked.form?.(planted);
  const body =
    fields === undefined
      ? JSON.stringify(asked.body?.(planted))
      : new URLSearchParams({ ...fields, ...(csrf !== null && { csrf }) });
  const response = await ask(world, `${path}${asked.query?.(planted) ?? ''}`, {
    method,
    headers: {
      // From somewhere else, for who asks from this machine may read its metrics.
      'X-Forwarded-For': '198.51.100.7',
      ...(fields === undefined && body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  return {
    status: response.status,
    text: await response.text(),
    location: response.headers.get('location'),
  };
}

const isWrite = (route: string): boolean => !route.startsWith('GET ');

/** What somebody is to be answered, as one text. */
function wanted(route: string, { column, ok }: Asked, who: string): string {
  const cell = expected.get(who)?.get(column);
  if (cell === 'ok') return String(ok);
  if (cell === 'in') return isWrite(route) ? '401' : '303 to the sign-in';
  return String(cell);
}

/** Where everybody is answered, and what stands in the answer is theirs alone. */
const OWN: ReadonlySet<Column> = new Set(['open', 'me', 'servers', 'mine', 'process']);

/** Whether somebody may read what was planted: whoever may manage the server, and its member what is theirs. */
function mayRead(who: string, { column }: Asked): boolean {
  if (column === 'mine') return who.startsWith('the member, ');
  return !OWN.has(column) && expected.get(who)?.get(column) === 'ok';
}

test('the table names everybody who comes, and every route says what it is for', () => {
  expect([...expected.keys()].toSorted()).toEqual(Object.keys(callers).toSorted());
  const there = [...container.stores.get('routes').values()].flatMap(({ methods, path }) =>
    [...methods].map((method) => `${method} /${path.join('/')}`),
  );
  expect(Object.keys(ROUTES).toSorted()).toEqual(there.toSorted());
});

describe.each(Object.entries(ROUTES))('%s', (route, requests) => {
  test.each(requests)(
    'lets in who may, and for others shows and changes nothing ($column)',
    async (asked) => {
      const wrong: string[] = [];
      const come = async (who: string, planted: Planted): Promise<void> => {
        const { status, text, location } = await request(
          route,
          asked,
          planted,
          await callers[who]!(asked.scope ?? null),
        );
        const isAway = status === 303 && location?.startsWith('/login?') === true;
        const got = isAway ? '303 to the sign-in' : String(status);
        const want = wanted(route, asked, who);
        if (got !== want) wrong.push(`${who}: ${got}, not ${want} ${text.slice(0, 200)}`);
        if (!mayRead(who, asked) && text.includes(SECRET)) wrong.push(`${who} reads what they may not`);
      };
      const isRefused = (who: string): boolean => expected.get(who)?.get(asked.column) !== 'ok';
      const everybody = [...expected.keys()];
      const planted = await planting();
      const before = await state();
      for (const who of everybody.filter(isRefused)) await come(who, planted);
      if ((await state()) !== before) wrong.push('somebody changed what they may not');
      for (const who of everybody.filter((one) => !isRefused(one))) {
        const anew = isWrite(route) ? await planting() : planted;
        const untouched = await state();
        await come(who, anew);
        const isTouched = (await state()) !== untouched;
        if (isTouched !== (isWrite(route) && asked.column !== 'open'))
          wrong.push(`${who} changed ${isTouched ? 'something' : 'nothing'}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('a write that another site makes the browser of an admin send', () => {
  // No session counts at the webhook, with its token or without.
  const writes = Object.entries(ROUTES).filter(
    ([route]) => isWrite(route) && route !== 'POST /webhooks/supabase/auth',
  );
  test.each(writes)('%s: changes nothing and is refused', async (route, requests) => {
    for (const asked of requests) {
      const planted = await planting();
      const before = await state();
      for (const csrf of [null, 'guessed']) {
        const { headers } = await callers['an admin, by session']!(null);
        const { 'X-CSRF-Token': _own, ...cookie } = headers;
        const { status } = await request(route, asked, planted, {
          headers: { ...cookie, ...(csrf !== null && { 'X-CSRF-Token': csrf }) },
          csrf,
        });
        expect([csrf, status]).toEqual([csrf, 403]);
      }
      expect(await state()).toBe(before);
    }
  });
});

test('a server that the bot is not in is answered like one that is none of theirs', async () => {
  const asked = ROUTES['GET /api/dashboard/[guild_id]/tickets']![0]!;
  const planted = await planting();
  const gone = { ...asked, path: () => ({ guild_id: '99999999999999999' }) };
  const of = async (one: Asked, who: string) => {
    const { status, text } = await request(
      'GET /api/dashboard/[guild_id]/tickets',
      one,
      planted,
      await callers[who]!(null),
    );
    return [status, (JSON.parse(text) as { detail: string }).detail];
  };
  for (const who of [
    'the member, by token',
    'an admin of another server, by session',
    'a key of another server',
  ])
    expect(await of(gone, who)).toEqual(await of(asked, who));
});
