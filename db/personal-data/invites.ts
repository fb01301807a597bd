import { BESIDE, GUILD, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const invitesData = {
  invite_announcements: {
    purpose: 'invites',
    kept: { until: 'done' },
    guild: 'guild_id',
    columns: {
      join_id: WORKING,
      guild_id: WORKING,
      nonce: WORKING,
      due_at: WORKING,
      attempts: WORKING,
      leased_until: WORKING,
      created_at: WORKING,
    },
  },
  invite_leaves: {
    purpose: 'invites',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      member_id: person('null'),
      join_id: BESIDE,
      left_at: BESIDE,
    },
  },
  invite_joins: {
    purpose: 'invites',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      // Who invited them keeps the count, and who came keeps having come, whoever of the two is erased.
      member_id: person('null'),
      inviter_id: person('null'),
      // By its code Discord tells whose invite it is.
      code: theirs('inviter_id', 'null'),
      certainty: BESIDE,
      reason: BESIDE,
      is_rejoin: theirs('member_id', 'keep'),
      first_join_id: BESIDE,
      is_fake: theirs('member_id', 'keep'),
      joined_at: BESIDE,
    },
  },
  invite_adjustments: {
    purpose: 'invites',
    kept: { until: 'member' },
    guild: 'guild_id',
    columns: {
      id: BESIDE,
      guild_id: BESIDE,
      member_id: person('row'),
      kind: BESIDE,
      count: theirs('member_id', 'row'),
      bonus: theirs('member_id', 'row'),
      actor_id: person('null'),
      at: BESIDE,
    },
  },
  invite_hidden: {
    purpose: 'invites',
    kept: { until: 'member' },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      member_id: person('row'),
      since: theirs('member_id', 'row'),
    },
  },
  invite_troubles: {
    purpose: 'invites',
    kept: { until: 'guild' },
    guild: 'guild_id',
    columns: { guild_id: GUILD, kind: WORKING, told_at: WORKING },
  },
} as const satisfies RulesOf<
  | 'invite_announcements'
  | 'invite_leaves'
  | 'invite_joins'
  | 'invite_adjustments'
  | 'invite_hidden'
  | 'invite_troubles'
>;
