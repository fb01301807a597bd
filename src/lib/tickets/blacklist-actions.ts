import { time, TimestampStyles, type APIEmbed, type Interaction, type User } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { memberMention } from '#lib/i18n/member-mention';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { isDrawn } from '#lib/text/one-line';
import { plainText, safeEmbedText } from '#lib/text/sanitize';
import { answer, claim, update, type Answerable, type ComponentInteraction } from '#lib/ui/answer';
import { row } from '#lib/ui/components';
import { buttonUnless } from '#lib/ui/editing';
import { embed } from '#lib/ui/embeds';
import { bar, readBarred, readUntil, REASON_MAX, unbar, type Barred } from './blacklist.ts';
import type { TicketDeps } from './deps.ts';
import { setupIds } from './editor/custom-ids.ts';

const PAGE = 10;
/** Of a reason in a line of the list: a page of ten fits into an embed. */
const REASON_LINE_MAX = 200;

type Command = Answerable & Interaction<'cached'>;
const translatorOf = ({ locale }: Interaction): Translate => translator(localeOf(locale));

/**
 * Keeps a member from opening tickets, for `/ticket_blacklist add`.
 * @throws UserError when the end or the reason cannot be used.
 */
export async function barMember(
  deps: TicketDeps,
  interaction: Command,
  typed: { readonly member: User; readonly reason: string | null; readonly until: string | null },
): Promise<void> {
  const { db, clock, settings, logChannel } = deps;
  const { guildId } = interaction;
  const now = clock.now();
  const zone = await settings.get(guildId, 'system.timezone');
  const barred: Barred = {
    userId: typed.member.id,
    reason: reasonIn(typed.reason ?? ''),
    addedBy: interaction.user.id,
    addedAt: now,
    expiresAt: typed.until === null ? null : readUntil(typed.until, zone, now),
  };
  await claim(interaction);
  await bar(db, guildId, barred);
  await Promise.all([
    answer(interaction, { content: addedText(translatorOf(interaction), barred) }),
    logChannel.post(guildId, 'warning', barredLogEntry(barred)),
  ]);
}

function reasonIn(text: string): string | null {
  const reason = plainText(text).trim();
  if (reason.length > REASON_MAX)
    throw new UserError('ticket-setup:blacklist.reasonLong', { maximum: REASON_MAX, length: reason.length });
  return isDrawn(reason) ? reason : null;
}

function addedText(t: Translate, { userId, reason, expiresAt }: Barred): string {
  const member = `<@${userId}>`;
  return [
    expiresAt === null
      ? t('ticket-setup:blacklist.added', { member })
      : t('ticket-setup:blacklist.addedUntil', { member, until: untilText(expiresAt) }),
    t('ticket-setup:blacklist.staysOpen'),
    ...(reason === null
      ? []
      : [t('ticket-setup:blacklist.toldReason', { reason: safeEmbedText(reason, REASON_MAX) })]),
  ].join('\n');
}

const untilText = (at: Date): string => time(at, TimestampStyles.LongDateShortTime);

function barredLogEntry({ userId, reason, expiresAt, addedBy }: Barred): LogEntry {
  return (t) => ({
    title: t('ticket-setup:log.barred'),
    fields: [
      { name: t('ticket-setup:log.member'), value: `<@${userId}>`, inline: true },
      {
        name: t('ticket-setup:log.until'),
        value: expiresAt === null ? t('ticket-setup:blacklist.forGood') : untilText(expiresAt),
        inline: true,
      },
      { name: t('ticket-setup:log.by'), value: `<@${addedBy}>`, inline: true },
      { name: t('ticket-setup:log.reason'), value: reason === null ? '' : safeEmbedText(reason) },
    ],
  });
}

/** Lets a member open tickets again, for `/ticket_blacklist remove`. */
export async function unbarMember(deps: TicketDeps, interaction: Command, member: User): Promise<void> {
  const { db, clock, logChannel } = deps;
  const { guildId, user } = interaction;
  const t = translatorOf(interaction);
  await claim(interaction);
  const mention = { member: `<@${member.id}>` };
  if (!(await unbar(db, guildId, member.id, clock.now())))
    return answer(interaction, { content: t('ticket-setup:blacklist.notOn', mention) });
  const entry: LogEntry = (inGuild) => ({
    title: inGuild('ticket-setup:log.unbarred'),
    fields: [
      { name: inGuild('ticket-setup:log.member'), value: `<@${member.id}>`, inline: true },
      { name: inGuild('ticket-setup:log.by'), value: `<@${user.id}>`, inline: true },
    ],
  });
  await Promise.all([
    answer(interaction, { content: t('ticket-setup:blacklist.removed', mention) }),
    logChannel.post(guildId, 'info', entry),
  ]);
}

/** Shows who may open no tickets, for `/ticket_blacklist list`. */
export async function listBarred(deps: TicketDeps, interaction: Command): Promise<void> {
  await answer(interaction, await barredPage(deps, translatorOf(interaction), interaction.guildId, 1));
}

/** Shows another page of the list. @param page counts from 1. */
export async function turnBarred(
  deps: TicketDeps,
  interaction: ComponentInteraction<'cached'>,
  page: number,
): Promise<void> {
  await update(interaction, await barredPage(deps, translatorOf(interaction), interaction.guildId, page));
}

async function barredPage(deps: TicketDeps, t: Translate, guildId: string, wanted: number) {
  const { db, clock } = deps;
  const now = clock.now();
  const { count } = await readBarred(db, guildId, { now, offset: 0, limit: 0 });
  const pages = Math.max(Math.ceil(count / PAGE), 1);
  const page = Math.min(wanted, pages);
  const { entries } = await readBarred(db, guildId, { now, offset: (page - 1) * PAGE, limit: PAGE });
  const turn = (to: number): string => setupIds.build('barred', { page: String(to) });
  return {
    embeds: [barredView(t, entries, { page, pages }, now)],
    components:
      pages === 1
        ? []
        : [
            row(
              buttonUnless(page === 1, t('ticket-setup:blacklist.previous'), turn(page - 1)),
              buttonUnless(page === pages, t('ticket-setup:blacklist.next'), turn(page + 1)),
            ),
          ],
  };
}

function barredView(
  t: Translate,
  entries: readonly Barred[],
  { page, pages }: { readonly page: number; readonly pages: number },
  at: Date,
): APIEmbed {
  const line = ({ userId, reason, addedBy, addedAt, expiresAt }: Barred): string => {
    const end =
      expiresAt === null
        ? t('ticket-setup:blacklist.forGood')
        : t('ticket-setup:blacklist.untilShort', { until: untilText(expiresAt) });
    const said = t('ticket-setup:blacklist.line', {
      member: `<@${userId}>`,
      end,
      by: memberMention(t, addedBy),
      when: time(addedAt, TimestampStyles.RelativeTime),
    });
    if (reason === null) return said;
    return `${said}\n> ${safeEmbedText(reason.replaceAll(/\s+/g, ' '), REASON_LINE_MAX)}`;
  };
  return embed('info', {
    title: t('ticket-setup:blacklist.title'),
    description: entries.length === 0 ? t('ticket-setup:blacklist.none') : entries.map(line).join('\n'),
    footer: pages === 1 ? undefined : t('ticket-setup:blacklist.page', { page, pages }),
    at,
  });
}
