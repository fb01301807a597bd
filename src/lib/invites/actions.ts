import {
  MessageFlags,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type User,
} from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { answer, claim, claimInPublic, update } from '#lib/ui/answer';
import { idReader } from '#lib/ui/id-reader';
import { adjustCount } from './adjust.ts';
import { countOf, howTheyCame, readRanking } from './counts.ts';
import type { InviteId } from './custom-ids.ts';
import type { InviteDeps } from './deps.ts';
import { isHidden, setHidden } from './hidden.ts';
import { adjustedLogEntry, boardView, hiddenView, ownView, periods, type Period } from './views.ts';

const PAGE = 10;
const DAY_MS = 24 * 60 * 60_000;
const NAME_MAX = 100;

type Command = ChatInputCommandInteraction<'cached'>;
type Press = ButtonInteraction<'cached'>;

const { outdated, requireId, requireOneOf } = idReader('/inviteleaderboard');
const translatorOf = ({ locale }: Interaction): Translate => translator(localeOf(locale));

/** Shows who brought the most members, for `/inviteleaderboard`: to all in the channel, or to who asks alone. */
export async function showBoard(
  deps: InviteDeps,
  interaction: Command,
  wanted: { readonly period: Period; readonly isPublic: boolean },
): Promise<void> {
  const { guildId, user } = interaction;
  const { period, isPublic } = wanted;
  if (isPublic) await claimInPublic(interaction);
  const t = isPublic ? await guildTranslator(deps, guildId) : translatorOf(interaction);
  await answer(interaction, await boardPage(deps, t, guildId, { by: user.id, period, page: 1 }));
}

/** What everybody sees is in the language of the server. */
async function guildTranslator({ settings }: InviteDeps, guildId: string): Promise<Translate> {
  return translator(await settings.get(guildId, 'system.language'));
}

interface Place {
  readonly by: string;
  readonly period: Period;
  readonly page: number;
}

async function boardPage({ db, settings, clock }: InviteDeps, t: Translate, guildId: string, place: Place) {
  const { by, period } = place;
  const now = clock.now();
  const since = period === 'all' ? null : new Date(now.getTime() - Number(period) * DAY_MS);
  const read = (page: number) => readRanking(db, guildId, { since, offset: (page - 1) * PAGE, limit: PAGE });
  let { page } = place;
  let found = await read(page);
  if (found.ranked.length === 0 && page > 1) {
    // It has become shorter.
    page = 1;
    found = await read(page);
  }
  return boardView(t, {
    by,
    period,
    page,
    pages: Math.max(Math.ceil(found.count / PAGE), 1),
    ranked: found.ranked,
    firstPlace: (page - 1) * PAGE + 1,
    isEnabled: await settings.get(guildId, 'invites.enabled'),
    at: now,
  });
}

/**
 * Does what a button of the leaderboard says. Somebody else's page is turned for who presses alone.
 * @throws UserError when its id is not one of ours.
 */
export async function useBoard(deps: InviteDeps, interaction: Press, id: InviteId): Promise<void> {
  const { db, clock } = deps;
  const { guildId, user, message } = interaction;
  const ownT = translatorOf(interaction);
  if (id.action === 'show') {
    await setHidden(db, guildId, user.id, { isHidden: false, at: clock.now() });
    return update(interaction, { content: ownT('invites:shown'), components: [] });
  }
  if (!/^\d{1,20}$/.test(id.by)) throw outdated();
  const place = {
    by: id.by,
    period: requireOneOf(id.period, ...periods),
    page: requireId(id.page),
  };
  const isPrivate = message.flags.has(MessageFlags.Ephemeral);
  const t = isPrivate ? ownT : await guildTranslator(deps, guildId);
  if (id.action === 'page') {
    if (isPrivate || user.id === place.by)
      return update(interaction, await boardPage(deps, t, guildId, place));
    return answer(interaction, await boardPage(deps, ownT, guildId, { ...place, by: user.id }));
  }
  await setHidden(db, guildId, user.id, { isHidden: true, at: clock.now() });
  await update(interaction, await boardPage(deps, t, guildId, place));
  return answer(interaction, hiddenView(ownT));
}

/** Shows what the invites of a member come to, for `/invites`; to admins and themselves also how they came. */
export async function showInvites(deps: InviteDeps, interaction: Command, of: User): Promise<void> {
  const { db, clock } = deps;
  const { guildId, guild, user } = interaction;
  const t = translatorOf(interaction);
  const seesAll = of.id === user.id || isAdmin(actorOf(interaction));
  const hides = await isHidden(db, guildId, of.id);
  if (hides && !seesAll) throw new UserError('invites:own.notShown', { member: `<@${of.id}>` });
  const memberName = guild.members.cache.get(of.id)?.displayName ?? of.displayName;
  const own = ownView(t, {
    memberName: safeEmbedText(memberName, NAME_MAX),
    count: await countOf(db, guildId, of.id),
    isHidden: hides,
    came: seesAll ? await howTheyCame(db, guildId, of.id) : null,
    at: clock.now(),
  });
  await answer(interaction, { embeds: [own] });
}

/**
 * Makes a member's count what an admin says, for `/setinvites` and `/resetinvites`; the log channel says who did.
 * @param change.count null: reset.
 * @throws UserError when a count is to be given to somebody who is no member.
 */
export async function changeCount(
  { db, clock, logChannel }: InviteDeps,
  interaction: Command,
  change: { readonly member: User; readonly isMember: boolean; readonly count: number | null },
): Promise<void> {
  const { guildId, user } = interaction;
  const { member, isMember, count } = change;
  const t = translatorOf(interaction);
  const mention = `<@${member.id}>`;
  if (!isMember && count !== null) throw new UserError('invites:set.notMember', { member: mention });
  await claim(interaction);
  const adjusted = { memberId: member.id, actorId: user.id, count };
  const before = await adjustCount(db, guildId, { ...adjusted, at: clock.now() });
  await Promise.all([
    answer(interaction, {
      content:
        count === null
          ? t('invites:set.reset', { member: mention, before })
          : t('invites:set.done', { member: mention, before, after: count }),
    }),
    logChannel.post(guildId, 'info', adjustedLogEntry({ ...adjusted, before })),
  ]);
}
