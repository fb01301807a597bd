import { DiscordAPIError, RESTJSONErrorCodes, type Guild } from 'discord.js';
import { sendOnce } from '#lib/discord/send-once';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import type { Database } from '#lib/database/database';
import { translator, type Translate } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { announcementText, type Announced } from './announcement-text.ts';
import { countOf } from './counts.ts';
import type { InviteDeps } from './deps.ts';
import { isHidden } from './hidden.ts';
import { endTrouble, tellTrouble, type Trouble } from './troubles.ts';

/** A join that is still to be announced. */
interface Owed {
  readonly joinId: string;
  readonly guildId: string;
  /** Null: erased meanwhile. */
  readonly memberId: string | null;
  readonly inviterId: string | null;
  readonly nonce: string;
  /** How often it was tried, this time included; it names the claim. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Longer than any request takes with its repetitions. */
const LEASE_MS = 60_000;
const RETRY_MS = 15_000;
const PER_SWEEP = 20;
/** Whoever came longer ago than this is not announced any more. */
const LATE_MS = 10 * 60_000;

/**
 * Announces joins that are due, each once whoever asks. Never throws for what Discord refuses.
 * @param joinIds only these, due or not.
 */
export async function announceJoins(deps: InviteDeps, joinIds?: readonly string[]): Promise<void> {
  if (joinIds?.length === 0) return;
  // One after the other, in the order in which they came.
  for (const owed of await claim(deps.db, deps.clock.now(), joinIds)) await announceOne(deps, owed);
}

async function claim(db: Database, now: Date, joinIds?: readonly string[]): Promise<Owed[]> {
  const rows = await db
    .with('due', (cte) => {
      const free = cte
        .selectFrom('invite_announcements')
        .select('join_id')
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('join_id')
        .forUpdate()
        .skipLocked();
      return joinIds === undefined
        ? free.where('due_at', '<=', now).limit(PER_SWEEP)
        : free.where('join_id', 'in', joinIds);
    })
    .updateTable('invite_announcements as owed')
    .from('due')
    .innerJoin('invite_joins', 'invite_joins.id', 'due.join_id')
    .whereRef('owed.join_id', '=', 'due.join_id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('owed.attempts', '+', 1),
    }))
    .returning([
      'owed.join_id as joinId',
      'owed.guild_id as guildId',
      'invite_joins.member_id as memberId',
      'invite_joins.inviter_id as inviterId',
      'owed.nonce',
      'owed.attempts',
      'owed.created_at as createdAt',
    ])
    .execute();
  return rows.toSorted((one, other) => Number(one.joinId) - Number(other.joinId));
}

async function announceOne(deps: InviteDeps, owed: Owed): Promise<void> {
  const { db, clock, log } = deps;
  const { guildId, joinId } = owed;
  const isLate = clock.now().getTime() - owed.createdAt.getTime() >= LATE_MS;
  try {
    const isOver = isLate || (await announce(deps, owed));
    const claimed = { guildId, joinId, attempts: owed.attempts };
    if (isOver) await endAnnouncement(db, claimed);
    else await postpone(db, claimed, new Date(clock.now().getTime() + RETRY_MS));
  } catch (error) {
    // The lease runs out by itself, and it is tried again.
    log.warn({ err: error, guildId, join: joinId }, 'invites: a join could not be announced');
  }
}

type Claimed = Pick<Owed, 'guildId' | 'joinId' | 'attempts'>;

async function endAnnouncement(db: Database, { guildId, joinId, attempts }: Claimed): Promise<void> {
  await db
    .deleteFrom('invite_announcements')
    .where('guild_id', '=', guildId)
    .where('join_id', '=', joinId)
    .where('attempts', '=', attempts)
    .execute();
}

async function postpone(db: Database, { guildId, joinId, attempts }: Claimed, until: Date): Promise<void> {
  await db
    .updateTable('invite_announcements')
    .set({ due_at: until, leased_until: null })
    .where('guild_id', '=', guildId)
    .where('join_id', '=', joinId)
    .where('attempts', '=', attempts)
    .execute();
}

/** @returns whether it is over: announced, or never to be. */
async function announce(deps: InviteDeps, owed: Owed): Promise<boolean> {
  const { client, db, settings } = deps;
  const { guildId, memberId } = owed;
  const guild = client.guilds.cache.get(guildId);
  if (guild === undefined || !guild.available) return false;
  const overrides = await settings.overrides(guildId);
  const channelId = effectiveValue(overrides, 'invites.announcement_channel_id');
  if (memberId === null || channelId === null || !effectiveValue(overrides, 'invites.enabled')) return true;
  const giveUp = async (missing: Extract<Trouble, { kind: 'channel' }>['missing']): Promise<true> => {
    await tellTrouble(deps, guildId, { kind: 'channel', channelId, missing });
    return true;
  };
  const channel = guild.channels.cache.get(channelId);
  if (channel === undefined || !channel.isSendable()) return giveUp([]);
  const missing = missingPermissions(channel, ['ViewChannel', 'SendMessages']);
  if (missing.length > 0) return giveUp(permissionNames(missing));
  const memberName = await nameOf(guild, memberId);
  // Gone again.
  if (memberName === null) return true;
  const t = translator(effectiveValue(overrides, 'system.language'));
  const inviter = await inviterOf(db, t, guild, owed.inviterId);
  const own = effectiveValue(
    overrides,
    inviter === null ? 'invites.no_inviter_template' : 'invites.with_inviter_template',
  );
  const content = announcementText(t, own, { memberId, memberName, inviter });
  try {
    await sendOnce(
      db,
      channel,
      { content, allowedMentions: { users: [memberId] }, nonce: owed.nonce },
      { attempts: owed.attempts, since: owed.createdAt },
      // Names and the count may have changed since.
      (sent) => sent.content === content || sent.mentions.users.has(memberId),
    );
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === RESTJSONErrorCodes.UnknownChannel) return giveUp([]);
    if (
      error.code === RESTJSONErrorCodes.MissingPermissions ||
      error.code === RESTJSONErrorCodes.MissingAccess
    )
      return giveUp(permissionNames(['ViewChannel', 'SendMessages']));
    throw error;
  }
  await endTrouble(deps, guildId, 'channel');
  return true;
}

/** Who invited them, if that may be said; null where nobody is certain, or they do not want to be shown. */
async function inviterOf(
  db: Database,
  t: Translate,
  guild: Guild,
  inviterId: string | null,
): Promise<Announced['inviter']> {
  if (inviterId === null || (await isHidden(db, guild.id, inviterId))) return null;
  const { total } = await countOf(db, guild.id, inviterId);
  const name = (await nameOf(guild, inviterId)) ?? t('common:formerMember');
  return { id: inviterId, name, count: total };
}

/** The name that a member has in a guild; null when they are no member. @throws what Discord answers besides. */
async function nameOf(guild: Guild, userId: string): Promise<string | null> {
  try {
    return (await guild.members.fetch({ user: userId, cache: false })).displayName;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return null;
    throw error;
  }
}
