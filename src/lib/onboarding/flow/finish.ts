import type { APIContainerComponent, Guild } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import type { OnboardingDeps } from '../deps.ts';
import { performDuties, type Outcome } from '../perform.ts';
import { welcomeText } from '../welcome.ts';
import { complete, rolesOf } from './complete.ts';
import { lockSession, type Session } from './sessions.ts';
import { endScreen } from './summary-view.ts';

/**
 * Ends a session that has everything, does at once what is owed for it, and says what came of it.
 * @throws UserError when something is still to be answered, or onboarding was switched off meanwhile.
 */
export async function finish(
  deps: OnboardingDeps,
  t: Translate,
  guild: Guild,
  session: Session,
): Promise<APIContainerComponent> {
  const { db, settings, clock } = deps;
  const { guildId, userId } = session;
  const overrides = await settings.overrides(guildId);
  const title = t('onboarding:done.title');
  if (session.version === null) {
    const completionRole = effectiveValue(overrides, 'onboarding.completion_role_id');
    const roles = rolesOf(session.content, session, completionRole);
    await db
      .deleteFrom('onboarding_sessions')
      .where('guild_id', '=', guildId)
      .where('id', '=', session.id)
      .execute();
    return endScreen(t('onboarding:done.preview'), [
      roles.length === 0
        ? t('onboarding:previewNoRoles')
        : t('onboarding:previewDone', { roles: mentions(roles) }),
    ]);
  }
  if (effectiveValue(overrides, 'onboarding.mode') === 'disabled') throw new UserError('onboarding:off');
  const roles = await db.transaction().execute(async (trx) => {
    const locked = await lockSession(trx, session.id, { guildId, userId });
    return complete(trx, locked, overrides, clock.now());
  });
  if (roles === null) return endScreen(title, [t('onboarding:done.already')]);
  const performed = await performDuties(deps, { guildId, userId });
  const outcomes = new Map(performed.map(({ duty, outcome }) => [duty.roleId, outcome] as const));
  const member = await guild.members.fetch(userId).catch(() => null);
  const welcome = welcomeText(t, effectiveValue(overrides, 'onboarding.welcome_text'), {
    userId,
    memberName: member?.displayName ?? '',
    serverName: guild.name,
    memberCount: guild.memberCount,
  });
  return endScreen(title, [welcome, ...roleLines(t, roles, outcomes)]);
}

/** Which roles they have, and why they do not have the others yet. */
function roleLines(
  t: Translate,
  roles: readonly string[],
  outcomes: ReadonlyMap<string | null, Outcome>,
): string[] {
  const thatAre = (...wanted: Outcome[]): string[] =>
    roles.filter((roleId) => wanted.includes(outcomes.get(roleId) ?? 'later'));
  const [given, soon, failed] = [thatAre('done'), thatAre('later'), thatAre('hindered')];
  return [
    ...(given.length > 0 ? [t('onboarding:done.roles', { roles: mentions(given) })] : []),
    ...(soon.length > 0 ? [t('onboarding:done.soon', { roles: mentions(soon) })] : []),
    ...(thatAre('pending').length > 0 ? [t('onboarding:done.later')] : []),
    ...(failed.length > 0 ? [t('onboarding:done.failed', { roles: mentions(failed) })] : []),
    ...(thatAre('dropped').length > 0 ? [t('onboarding:done.dropped')] : []),
  ];
}

function mentions(roleIds: readonly string[]): string {
  return roleIds.map((roleId) => `<@&${roleId}>`).join(', ');
}
