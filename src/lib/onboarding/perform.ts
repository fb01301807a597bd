import {
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Guild,
  type GuildMember,
  type Role,
} from 'discord.js';
import { sendOnce, type Attempt } from '#lib/discord/send-once';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { translator } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { effectiveValue } from '#lib/settings/settings';
import type { OnboardingDeps } from './deps.ts';
import { claimDuties, endDuty, postponeDuty, type Duty } from './duties.ts';
import { readFinished } from './finished.ts';
import { reportLogEntry } from './report-view.ts';
import { roleTroubleLogEntry, welcomeTroubleLogEntry, type RoleTrouble } from './trouble-views.ts';
import { welcomeText } from './welcome.ts';

/** What became of a duty. */
export type Outcome =
  | 'done'
  /** The guild's own membership screening comes first. */
  | 'pending'
  /** Something that staff must mend is in the way; they have been told. */
  | 'hindered'
  /** Discord did not do it; it is tried again. */
  | 'later'
  /** It can never be done. */
  | 'dropped';

interface Performed {
  readonly duty: Duty;
  readonly outcome: Outcome;
}

/** Tells of one thing that became of a duty, so that it can be settled. */
type Result =
  | { readonly outcome: 'done' | 'dropped'; readonly tell?: LogEntry }
  | { readonly outcome: 'pending' | 'later'; readonly reason: string }
  | { readonly outcome: 'hindered'; readonly reason: string; readonly tell: LogEntry };

const DUTIES_PER_SWEEP = 20;
const FIRST_RETRY_MS = 15_000;
const LAST_RETRY_MS = 15 * 60_000;
/** Of who has not passed the guild's own screening Discord must be asked each time, where it tells nothing by itself. */
const LAST_PENDING_RETRY_MS = 60 * 60_000;
/** A welcome or a report that comes later than a day surprises more than it helps. */
const MESSAGE_LIFE_MS = 24 * 60 * 60_000;
/** Who has not come through screening in a month will not. */
const ROLE_LIFE_MS = 30 * 24 * 60 * 60_000;

/** Of a guild that is away, or that removed the bot, nobody needs to read. */
const AWAY: Result = { outcome: 'later', reason: 'the guild is unavailable' };

/** How long to wait after the n-th attempt. */
function retryMs(attempts: number, outcome: Outcome): number {
  const most = outcome === 'pending' ? LAST_PENDING_RETRY_MS : LAST_RETRY_MS;
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), most);
}

/**
 * Does what is owed and due, each duty once whoever asks. Never throws for what Discord refuses.
 * @param of only this member's.
 */
export async function performDuties(
  deps: OnboardingDeps,
  of?: { readonly guildId: string; readonly userId: string },
): Promise<Performed[]> {
  const claimed = await claimDuties(deps.db, {
    now: deps.clock.now(),
    limit: DUTIES_PER_SWEEP,
    ...(of !== undefined && { of }),
  });
  const members = new Map<string, Promise<GuildMember | null>>();
  const memberOf = (guild: Guild, userId: string): Promise<GuildMember | null> => {
    const key = `${guild.id}:${userId}`;
    const known = members.get(key) ?? fetchMember(guild, userId);
    members.set(key, known);
    return known;
  };
  return Promise.all(
    claimed.map(async (duty) => ({ duty, outcome: await performOne(deps, duty, memberOf) })),
  );
}

type MemberOf = (guild: Guild, userId: string) => Promise<GuildMember | null>;

async function performOne(deps: OnboardingDeps, duty: Duty, memberOf: MemberOf): Promise<Outcome> {
  const { db, clock, log, logChannel } = deps;
  const where = { guildId: duty.guildId, duty: duty.id, kind: duty.kind };
  let result: Result;
  try {
    result = await attempt(deps, duty, memberOf);
  } catch (error) {
    if (deps.client.guilds.cache.has(duty.guildId)) {
      log.warn({ err: error, ...where }, 'onboarding: a duty failed');
      result = { outcome: 'later', reason: error instanceof Error ? error.message : String(error) };
    } else result = AWAY;
  }
  const age = clock.now().getTime() - duty.createdAt.getTime();
  const life = duty.roleId === null ? MESSAGE_LIFE_MS : ROLE_LIFE_MS;
  if ('reason' in result && age >= life) {
    if (result !== AWAY) log.warn({ ...where, reason: result.reason }, 'onboarding: a duty was given up');
    result = { outcome: 'dropped' };
  }
  try {
    // Once for each thing that is in the way.
    const reason = 'reason' in result ? result.reason : '';
    const isKnown = duty.toldAt !== null && duty.lastError === reason;
    const tell = 'tell' in result && !isKnown ? result.tell : undefined;
    const nonce = `${duty.nonce}${reason.slice(0, 1)}t`;
    const isTold = tell !== undefined && (await logChannel.post(duty.guildId, 'error', tell, { nonce }));
    if ('reason' in result)
      await postponeDuty(db, duty, {
        until: new Date(clock.now().getTime() + retryMs(duty.attempts, result.outcome)),
        reason: result.reason,
        toldAt: isTold ? clock.now() : isKnown ? duty.toldAt : null,
      });
    else await endDuty(db, duty);
  } catch (error) {
    // The lease runs out by itself and it is done again: Discord takes a role or a nonce twice for once.
    log.error({ err: error, ...where }, 'onboarding: a duty could not be settled');
  }
  return result.outcome;
}

async function attempt(deps: OnboardingDeps, duty: Duty, memberOf: MemberOf): Promise<Result> {
  const guild = deps.client.guilds.cache.get(duty.guildId);
  if (guild === undefined || !guild.available) return AWAY;
  switch (duty.kind) {
    case 'add_role':
    case 'remove_role':
      return performRole(guild, duty, memberOf);
    case 'welcome':
      return welcome(deps, guild, duty, memberOf);
    case 'report':
      return report(deps, duty);
  }
}

async function performRole(guild: Guild, duty: Duty, memberOf: MemberOf): Promise<Result> {
  const { userId, kind } = duty;
  const roleId = duty.roleId ?? '';
  const hindered = (trouble: RoleTrouble): Result => ({
    outcome: 'hindered',
    reason: trouble.why,
    tell: roleTroubleLogEntry(duty, trouble),
  });
  const role = guild.roles.cache.get(roleId);
  if (role === undefined)
    return kind === 'remove_role'
      ? { outcome: 'dropped' }
      : { outcome: 'dropped', tell: roleTroubleLogEntry(duty, { why: 'unknown' }) };
  if (role.managed)
    return kind === 'remove_role'
      ? { outcome: 'dropped' }
      : { outcome: 'dropped', tell: roleTroubleLogEntry(duty, { why: 'managed' }) };
  const trouble = troubleWith(guild, role);
  if (trouble !== null) return hindered(trouble);
  const member = await memberOf(guild, userId);
  if (member === null) return { outcome: 'dropped' };
  if (kind === 'remove_role' ? !member.roles.cache.has(roleId) : member.roles.cache.has(roleId))
    return { outcome: 'done' };
  if (kind === 'add_role' && member.pending) return { outcome: 'pending', reason: 'membership screening' };
  try {
    const change = { user: userId, role: roleId, reason: 'Onboarding' };
    if (kind === 'add_role') await guild.members.addRole(change);
    else await guild.members.removeRole(change);
    return { outcome: 'done' };
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === RESTJSONErrorCodes.UnknownMember) return { outcome: 'dropped' };
    if (error.code === RESTJSONErrorCodes.MissingPermissions) return hindered({ why: 'permission' });
    throw error;
  }
}

/** What staff must mend before this role can change hands; null when nothing is known to be in the way. */
function troubleWith(guild: Guild, role: Role): RoleTrouble | null {
  const me = guild.members.me;
  if (me === null) return null;
  if (!me.permissions.has(PermissionFlagsBits.ManageRoles)) return { why: 'permission' };
  if (me.roles.highest.comparePositionTo(role) > 0) return null;
  return { why: 'above', rolePosition: role.position, myPosition: me.roles.highest.position };
}

async function fetchMember(guild: Guild, userId: string): Promise<GuildMember | null> {
  try {
    // What is cached may be from before they came through screening.
    return await guild.members.fetch({ user: userId, force: true });
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) return null;
    throw error;
  }
}

async function welcome(deps: OnboardingDeps, guild: Guild, duty: Duty, memberOf: MemberOf): Promise<Result> {
  const overrides = await deps.settings.overrides(guild.id);
  const channelId = effectiveValue(overrides, 'system.onboarding_channel_id');
  if (channelId === null) return { outcome: 'done' };
  const channel = guild.channels.cache.get(channelId);
  if (channel === undefined || !channel.isSendable())
    return { outcome: 'dropped', tell: welcomeTroubleLogEntry(duty, { why: 'gone' }) };
  const missing = missingPermissions(channel, ['ViewChannel', 'SendMessages']);
  if (missing.length > 0)
    return {
      outcome: 'dropped',
      tell: welcomeTroubleLogEntry(duty, {
        why: 'permission',
        channelId,
        permissions: permissionNames(missing),
      }),
    };
  const member = await memberOf(guild, duty.userId);
  if (member === null) return { outcome: 'dropped' };
  const t = translator(effectiveValue(overrides, 'system.language'));
  const content = welcomeText(t, effectiveValue(overrides, 'onboarding.welcome_text'), {
    userId: duty.userId,
    memberName: member.displayName,
    serverName: guild.name,
    memberCount: guild.memberCount,
  });
  await sendOnce(
    deps.db,
    channel,
    { content, allowedMentions: { users: [duty.userId] }, nonce: duty.nonce },
    attemptOf(duty),
    // The number of members may have changed since.
    (sent) => sent.content === content || sent.mentions.users.has(duty.userId),
  );
  return { outcome: 'done' };
}

async function report({ db, settings, logChannel }: OnboardingDeps, duty: Duty): Promise<Result> {
  const overrides = await settings.overrides(duty.guildId);
  const own = effectiveValue(overrides, 'onboarding.summary_channel_id');
  if (own === null && effectiveValue(overrides, 'system.log_channel_id') === null) return { outcome: 'done' };
  const finished = await readFinished(db, duty.guildId, duty.userId);
  if (finished === null) return { outcome: 'dropped' };
  const { content, answers, times } = finished;
  const entry = reportLogEntry(duty.userId, content, answers, times > 1);
  const options = { nonce: duty.nonce, attempt: attemptOf(duty), whateverLevel: true };
  const post = (more: { inChannel?: string }): Promise<boolean> =>
    logChannel.post(duty.guildId, 'success', entry, { ...options, ...more });
  // Where the channel for answers is gone, the log channel has them.
  const isPosted = (own !== null && (await post({ inChannel: own }))) || (await post({}));
  return isPosted ? { outcome: 'done' } : { outcome: 'later', reason: 'the report could not be posted' };
}

function attemptOf({ attempts, createdAt }: Duty): Attempt {
  return { attempts, since: createdAt };
}
