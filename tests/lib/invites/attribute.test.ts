import { describe, expect, test } from 'vitest';
import { attribute, type KnownInvite, type Snapshot } from '#lib/invites/attribute';

const MINUTE_MS = 60_000;
const AT = new Date('2026-12-01T12:00:00Z');
const ago = (ms: number): Date => new Date(AT.getTime() - ms);

interface Uses {
  readonly uses: number;
  readonly maxUses?: number;
  readonly expiresAt?: Date;
}

function invite(code: string, { uses, maxUses = 0, expiresAt }: Uses): KnownInvite {
  return { code, channelId: '1', inviterId: `by ${code}`, uses, maxUses, expiresAt: expiresAt ?? null };
}

type Listed = Readonly<Record<string, number | Uses>>;

function list(invites: Listed, vanity: Snapshot['vanity'] = 'none'): Snapshot {
  const known = Object.entries(invites).map(
    ([code, uses]) => [code, invite(code, typeof uses === 'number' ? { uses } : uses)] as const,
  );
  return { invites: new Map(known), vanity, at: AT };
}

/** What is said of `joins` members, the first of whom came a second ago. */
function verdict(
  before: Snapshot,
  after: Snapshot,
  { joins = 1, deleted = [] as readonly KnownInvite[] } = {},
): string {
  const found = attribute({ before, after, deleted, joins, firstJoinAt: ago(1_000) });
  return found.certainty === 'certain' ? `${found.code}: ${found.reason}` : found.reason;
}

describe('invites that are still there', () => {
  test.each<[string, Listed, Listed, number, string]>([
    ['one was used once', { a: 3, b: 1 }, { a: 4, b: 1 }, 1, 'a: only_one_used'],
    ['one as often as members joined', { a: 3, b: 1 }, { a: 6, b: 1 }, 3, 'a: only_one_used'],
    ['a new one', { a: 3 }, { a: 3, b: 1 }, 1, 'b: only_one_used'],
    ['none', { a: 3 }, { a: 3 }, 1, 'no_trace'],
    ['none, and several joined', { a: 3 }, { a: 3 }, 2, 'no_trace'],
    ['there are none', {}, {}, 1, 'no_trace'],
    ['two, one each', { a: 3, b: 1 }, { a: 4, b: 2 }, 2, 'several_used'],
    ['two, and one joined', { a: 3, b: 1 }, { a: 4, b: 2 }, 1, 'other_number'],
    ['one, and two joined', { a: 3 }, { a: 4 }, 2, 'other_number'],
    ['one twice, and one joined', { a: 3 }, { a: 5 }, 1, 'other_number'],
    ['it counts less than before', { a: 3 }, { a: 2 }, 1, 'no_trace'],
  ])('%s', (_what, before, after, joins, expected) => {
    expect(verdict(list(before), list(after), { joins })).toBe(expected);
  });
});

describe('invites that are gone', () => {
  const single = { uses: 0, maxUses: 1 };

  test.each<[string, Uses, number, string]>([
    ['the last use was left', single, 1, 'a: last_use'],
    ['the last two were left, and two joined', { uses: 3, maxUses: 5 }, 2, 'a: last_use'],
    ['two were left, and one joined', { uses: 3, maxUses: 5 }, 1, 'one_deleted'],
    ['one was left, and two joined', single, 2, 'one_deleted'],
    ['any number was left', { uses: 3 }, 1, 'one_deleted'],
    ['it was too old before they came', { ...single, expiresAt: ago(MINUTE_MS) }, 1, 'no_trace'],
    ['it became too old as they came', { ...single, expiresAt: ago(500) }, 1, 'one_deleted'],
    ['it would have held on', { ...single, expiresAt: ago(-MINUTE_MS) }, 1, 'a: last_use'],
  ])('%s', (_what, uses, joins, expected) => {
    expect(verdict(list({ a: uses }), list({}), { joins })).toBe(expected);
  });

  test('and Discord says so, which it does of none that is too old', () => {
    const a = invite('a', { ...single, expiresAt: ago(500) });
    expect(verdict(list({}), list({}), { deleted: [a] })).toBe('a: last_use');
  });

  test('spoil what others show', () => {
    expect(verdict(list({ a: single, b: 1 }), list({ b: 2 }))).toBe('one_deleted');
    expect(verdict(list({ a: single, b: 1 }), list({ b: 2 }), { joins: 2 })).toBe('one_deleted');
    expect(verdict(list({ a: single, b: single }), list({}))).toBe('one_deleted');
    expect(verdict(list({ a: single }, 5), list({}, 6))).toBe('one_deleted');
  });

  test('after the list was made count as gone', () => {
    const a = invite('a', { uses: 3 });
    expect(verdict(list({}), list({ a: 4 }), { deleted: [a] })).toBe('one_deleted');
  });
});

describe('the own link', () => {
  test.each<[string, Snapshot['vanity'], Snapshot['vanity'], Listed, number, string]>([
    ['was used', 5, 6, { a: 3 }, 1, 'own_link'],
    ['was used by all', 5, 8, { a: 3 }, 3, 'own_link'],
    ['was used, and one joined otherwise', 5, 6, { a: 3 }, 2, 'other_number'],
    ['was used beside an invite', 5, 6, { a: 4 }, 2, 'several_used'],
    ['was not used', 5, 5, { a: 4 }, 1, 'a: only_one_used'],
    ['cannot be read, and nothing else was used', 5, 'unread', { a: 3 }, 1, 'no_answer'],
    ['could not be read before', 'unread', 6, { a: 3 }, 1, 'no_answer'],
    ['is new', 'none', 6, { a: 3 }, 1, 'no_answer'],
    ['cannot be read, and an invite says it all', 5, 'unread', { a: 4 }, 1, 'a: only_one_used'],
    ['was given up', 5, 'none', { a: 3 }, 1, 'no_trace'],
  ])('%s', (_what, before, after, invites, joins, expected) => {
    expect(verdict(list({ a: 3 }, before), list(invites, after), { joins })).toBe(expected);
  });

  test('cannot be read: a used-up invite is no proof', () => {
    const before = list({ a: { uses: 0, maxUses: 1 } }, 5);
    expect(verdict(before, list({}, 'unread'))).toBe('one_deleted');
  });
});
