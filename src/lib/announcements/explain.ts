import type { APIEmbed, ChatInputCommandInteraction, Message } from 'discord.js';
import { missingPermissions, permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import type { Locale, Translate } from '#lib/i18n/translate';
import { messageLink, readMessageLink } from '#lib/reminders/message-link';
import { fullTime, scheduleText } from '#lib/reminders/views';
import type { Settings } from '#lib/settings/settings';
import { safeEmbedText } from '#lib/text/sanitize';
import type { Clock } from '#lib/time/clock';
import { embed } from '#lib/ui/embeds';
import { postedOf, readPosted } from './message.ts';
import { LEAST_CONFIDENCE, SURE_CONFIDENCE, type Reading } from './read.ts';
import { announcementOf } from './reminder.ts';
import { evidenceText, silenceText } from './views.ts';

/** How many messages back one is looked for. */
const LOOKED_BACK = 10;
const MESSAGE_ID = /^\d{15,21}$/;

interface ExplainDeps {
  readonly settings: Settings;
  readonly clock: Clock;
}

/**
 * How the newest message of this channel that can be read was read, or the one that is named by its link or id.
 * @throws UserError when there is none, or the bot may not read it.
 */
export async function explainNewest(
  { settings, clock }: ExplainDeps,
  t: Translate,
  locale: Locale,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<APIEmbed> {
  const { channel, guildId } = interaction;
  if (channel === null) throw new UserError('common:guildOnly');
  const missing = missingPermissions(channel, ['ViewChannel', 'ReadMessageHistory']);
  if (missing.length > 0)
    throw new UserError('announcements:debug.cannotRead', { permissions: permissionNames(missing) });
  const named = interaction.options.getString('message')?.trim() ?? '';
  const link = readMessageLink(named);
  if (link !== null && (link.guildId !== guildId || link.channelId !== channel.id))
    throw new UserError('announcements:debug.elsewhere');
  const id = link?.messageId ?? (MESSAGE_ID.test(named) ? named : null);
  if (named !== '' && id === null) throw new UserError('announcements:debug.noLink');
  const found = await channel.messages.fetch({
    cache: false,
    ...(id === null ? { limit: LOOKED_BACK } : { around: id, limit: 1 }),
  });
  const message = id === null ? newestReadable([...found.values()]) : found.get(id);
  if (message === undefined) throw new UserError('announcements:debug.nothing', { count: LOOKED_BACK });
  const zone = await settings.get(guildId, 'system.timezone');
  const { reading, part } = readPosted(postedOf(message, true), { now: message.createdAt, zone });
  const what =
    reading.kind === 'none'
      ? t('announcements:debug.none', { why: silenceText(t, reading.reason) })
      : sayWhen(t, locale, reading, announcementOf(reading, part, ''));
  return embed(reading.kind === 'none' ? 'warning' : 'success', {
    title: t('announcements:debug.title'),
    description: what,
    fields: [
      {
        name: t('reminders:field.where'),
        value: reading.kind === 'none' ? '' : safeEmbedText(reading.location ?? '', 200),
      },
      { name: t('announcements:field.read'), value: evidenceText(reading.evidence) },
      {
        name: t('announcements:debug.confidence'),
        value: `${Math.round(reading.confidence * 100)} %\n${t('announcements:debug.created', { sure: SURE_CONFIDENCE * 100, least: LEAST_CONFIDENCE * 100 })}`,
      },
      {
        name: t('announcements:field.post'),
        value: messageLink(guildId, { channelId: channel.id, messageId: message.id }),
      },
    ],
    at: clock.now(),
  });
}

function sayWhen(
  t: Translate,
  locale: Locale,
  reading: Exclude<Reading, { kind: 'none' }>,
  announcement: Parameters<typeof scheduleText>[2],
): string {
  const when = scheduleText(t, locale, announcement);
  return reading.kind === 'one-off'
    ? t('announcements:debug.oneOff', { when })
    : t('announcements:debug.recurring', { when, first: fullTime(reading.eventAt) });
}

function newestReadable(messages: readonly Message<true>[]): Message<true> | undefined {
  return messages
    .toSorted((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1))
    .find((message) => postedOf(message, true).parts.length > 0);
}
