/** An invite as Discord listed it. */
export interface KnownInvite {
  readonly code: string;
  readonly channelId: string | null;
  /** Null for one that no member made, such as that of a widget. */
  readonly inviterId: string | null;
  readonly uses: number;
  /** 0: any number. */
  readonly maxUses: number;
  readonly expiresAt: Date | null;
}

/** All ways into a guild that Discord counts, at one instant. */
export interface Snapshot {
  readonly invites: ReadonlyMap<string, KnownInvite>;
  /** Uses of the guild's own link; `none`: it has none, `unread`: Discord did not say. */
  readonly vanity: number | 'none' | 'unread';
  readonly at: Date;
}

/** How people came, as far as it is certain, and why it is that certain. */
export type Verdict =
  | {
      readonly certainty: 'certain';
      readonly reason: 'only_one_used' | 'last_use';
      readonly code: string;
      readonly inviterId: string | null;
    }
  | { readonly certainty: 'vanity'; readonly reason: 'own_link' }
  | {
      readonly certainty: 'ambiguous';
      readonly reason: 'several_used' | 'other_number' | 'one_deleted';
    }
  | {
      readonly certainty: 'unknown';
      readonly reason: 'no_trace' | 'no_permission' | 'no_answer' | 'not_watched';
    };

export interface Evidence {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Invites that Discord said were deleted about the time of the joins, as they were known before. */
  readonly deleted: readonly KnownInvite[];
  /** How many members joined between the two. */
  readonly joins: number;
  /** When the first of them did. */
  readonly firstJoinAt: Date;
}

/**
 * Tells how members joined, from what Discord counted before and after. One verdict holds for all of them: what fits several ways is said to be
 * ambiguous, and never guessed. An invite is believed only when nothing else was used, and as often as members joined.
 */
export function attribute({ before, after, deleted, joins, firstJoinAt }: Evidence): Verdict {
  const used = [...after.invites.values()]
    .map((invite) => ({ invite, by: invite.uses - (before.invites.get(invite.code)?.uses ?? 0) }))
    .filter(({ by }) => by > 0);
  const vanity = usesOfVanity(before, after);
  const total = used.reduce((sum, { by }) => sum + by, vanity ?? 0);
  const deletedCodes = new Set(deleted.map(({ code }) => code));
  const gone = [
    ...deleted,
    ...[...before.invites.values()].filter(
      ({ code, expiresAt }) =>
        !after.invites.has(code) &&
        !deletedCodes.has(code) &&
        // One that was too old before anybody joined cannot have been theirs.
        (expiresAt === null || expiresAt >= firstJoinAt),
    ),
  ];
  const [lost] = gone;
  if (lost !== undefined) {
    // That an invite is too old Discord tells nobody, so one that it said was deleted was not.
    const isTooOld = !deletedCodes.has(lost.code) && lost.expiresAt !== null && lost.expiresAt <= after.at;
    const isUsedUp = lost.maxUses > 0 && lost.maxUses - lost.uses === joins && !isTooOld;
    if (gone.length === 1 && isUsedUp && total === 0 && vanity !== null)
      return { certainty: 'certain', reason: 'last_use', code: lost.code, inviterId: lost.inviterId };
    return { certainty: 'ambiguous', reason: 'one_deleted' };
  }
  if (total === 0) return { certainty: 'unknown', reason: vanity === null ? 'no_answer' : 'no_trace' };
  if (total !== joins) return { certainty: 'ambiguous', reason: 'other_number' };
  const [only] = used;
  if (only === undefined) return { certainty: 'vanity', reason: 'own_link' };
  if (only.by !== joins) return { certainty: 'ambiguous', reason: 'several_used' };
  const { code, inviterId } = only.invite;
  return { certainty: 'certain', reason: 'only_one_used', code, inviterId };
}

/** How often the guild's own link was used between the two; null: nobody knows. */
function usesOfVanity({ vanity: before }: Snapshot, { vanity: after }: Snapshot): number | null {
  if (after === 'none') return 0;
  if (after === 'unread' || before === 'unread' || before === 'none') return null;
  return Math.max(after - before, 0);
}
