import { afterEach, expect, test } from 'vitest';
import {
  clearedCookie,
  createSession,
  endSession,
  provesCsrf,
  readSession,
  removeOldWebSessions,
  sessionCookie,
} from '#lib/access/sessions';
import { MovableClock } from '#lib/time/clock';
import { useDatabase } from '../../setup/database.ts';

const HOUR_MS = 60 * 60_000;
const MIA = { userId: '70000000000000001', userName: 'Mia', guildIds: ['80000000000000001'] };
const database = useDatabase();
const clock = new MovableClock(new Date('2026-12-01T09:00:00Z'));
afterEach(() => database().empty());

const rows = () => database().db.selectFrom('web_sessions').selectAll().execute();

test('a session is found by its token, which is not stored', async () => {
  const { db } = database();
  const { token, session } = await createSession(db, clock, MIA);
  expect(await readSession(db, clock, token)).toEqual({ ...session, ...MIA });
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(JSON.stringify(await rows())).not.toContain(token);
  expect(await readSession(db, clock, session.idHash)).toBeNull();
  expect(await readSession(db, clock, session.csrfToken)).toBeNull();
});

test('it ends by itself, when nothing is done for 12 hours and after 7 days in any case', async () => {
  const { db } = database();
  const idle = await createSession(db, clock, MIA);
  const busy = await createSession(db, clock, MIA);
  for (let hours = 0; hours < 7 * 24 - 11; hours += 11) {
    expect(await readSession(db, clock, busy.token), `after ${hours} hours`).not.toBeNull();
    clock.advance(11 * HOUR_MS);
  }
  expect(await readSession(db, clock, idle.token)).toBeNull();
  clock.advance(11 * HOUR_MS);
  expect(await readSession(db, clock, busy.token)).toBeNull();
  clock.advance(48 * HOUR_MS);
  await removeOldWebSessions(db, clock.now());
  expect(await rows()).toEqual([]);
});

test('that it is used is written at most once a minute', async () => {
  const { db } = database();
  const { token } = await createSession(db, clock, MIA);
  const seen = async (): Promise<number> => (await rows())[0]?.last_seen_at.getTime() ?? 0;
  const began = await seen();
  clock.advance(30_000);
  await readSession(db, clock, token);
  expect(await seen()).toBe(began);
  clock.advance(30_000);
  await readSession(db, clock, token);
  expect(await seen()).toBeGreaterThanOrEqual(began + 60_000);
});

test('who signs out is out, and their other session is not', async () => {
  const { db } = database();
  const [one, other] = [await createSession(db, clock, MIA), await createSession(db, clock, MIA)];
  await endSession(db, one.session);
  expect(await readSession(db, clock, one.token)).toBeNull();
  expect(await readSession(db, clock, other.token)).not.toBeNull();
  expect(provesCsrf(other.session, other.session.csrfToken)).toBe(true);
  expect(provesCsrf(other.session, one.session.csrfToken)).toBe(false);
  expect(provesCsrf(other.session, undefined)).toBe(false);
});

test('the cookie is for us alone, and over https for no other host', () => {
  expect(sessionCookie('abc', 'http://localhost:8000')).toBe(
    'alphapy_session=abc; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax',
  );
  expect(sessionCookie('abc', 'https://bot.example')).toBe(
    '__Host-alphapy_session=abc; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
  expect(clearedCookie('http://localhost:8000')).toContain('alphapy_session=; Max-Age=0;');
});
