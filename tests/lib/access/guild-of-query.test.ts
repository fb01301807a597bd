import { expect, test } from 'vitest';
import { authorize, type Rights } from '#lib/access/authorize';
import type { Caller, Rule } from '#lib/access/caller';

const HERE = '9100000000000003';
const [ADMIN, OWNER, MEMBER] = ['7000000000000001', '7000000000000002', '7000000000000003'] as const;

const rights: Rights = {
  mayManageGuild: (guildId, userId) => Promise.resolve(guildId === HERE && userId === ADMIN),
  isBotOwner: (userId) => Promise.resolve(userId === OWNER),
};
const rule: Rule = { who: 'guild-admin-or-operator', scope: 'metrics:read' };
const person = (userId: string): Caller => ({ kind: 'person', userId, via: 'session' });
const key = (guildId: string, scopes: readonly 'metrics:read'[]): Caller => ({
  kind: 'key',
  keyId: 1,
  guildId,
  userId: ADMIN,
  scopes,
});
const statusOf = (caller: Caller, query: Record<string, unknown>): Promise<number> =>
  authorize(rights, rule, caller, {}, query).then(
    () => 200,
    (error: { status: number }) => error.status,
  );

test.each<[string, Caller, Record<string, unknown>, number]>([
  ['nobody', { kind: 'nobody', reason: null }, { guild_id: HERE }, 401],
  ['an admin, here', person(ADMIN), { guild_id: HERE }, 200],
  ['an admin, elsewhere', person(ADMIN), { guild_id: '1' }, 403],
  ['an admin, of everything', person(ADMIN), {}, 403],
  ['a member, here', person(MEMBER), { guild_id: HERE }, 403],
  ['the bot owner, of everything', person(OWNER), {}, 200],
  ['the service key, of everything', { kind: 'service', userId: null }, {}, 200],
  ['the service key for a member, of everything', { kind: 'service', userId: MEMBER }, {}, 403],
  ['the service key for the bot owner, of everything', { kind: 'service', userId: OWNER }, {}, 200],
  ['a key, here', key(HERE, ['metrics:read']), { guild_id: HERE }, 200],
  ['a key without the scope', key(HERE, []), { guild_id: HERE }, 403],
  ['a key of another guild', key('1', ['metrics:read']), { guild_id: HERE }, 403],
  ['a key, of everything', key(HERE, ['metrics:read']), {}, 403],
])('%s', async (_who, caller, query, status) => {
  expect(await statusOf(caller, query)).toBe(status);
});
