import {
  type ChatInputCommandInteraction,
  type GuildMember,
  type GuildTextBasedChannel,
  type Message,
  type MessageCreateOptions,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type SentenceKey } from '#lib/i18n/translate';
import { isDrawn } from '#lib/text/one-line';
import { plainText } from '#lib/text/sanitize';
import { answer, claim } from '#lib/ui/answer';
import { MESSAGE_CONTENT_MAX } from '#lib/ui/limits';
import type { MessageDeps } from './deps.ts';
import { notifiedBy } from './mentions.ts';
import { requireWritable } from './place.ts';

/**
 * Writes what a member typed into a channel; `\n` in it becomes a new line.
 * @throws UserError when it is empty or too long, or one of them may not write there.
 */
export async function sendText(
  deps: MessageDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const { options, member } = interaction;
  const t = translator(localeOf(interaction.locale));
  const text = plainText(options.getString('message', true).replaceAll('\\n', '\n')).trim();
  if (!isDrawn(text)) throw new UserError('messages:send.empty');
  if (text.length > MESSAGE_CONTENT_MAX)
    throw new UserError('messages:send.long', {
      count: text.length - MESSAGE_CONTENT_MAX,
      max: MESSAGE_CONTENT_MAX,
    });
  await claim(interaction);
  const channel = await requireWritable(member, options.getChannel('channel', true));
  const { allowed, isSilenced } = notifiedBy(member, channel, text);
  const message = { content: text, allowedMentions: allowed };
  const sent = await sendFor(deps, member, channel, message, interaction.id);
  const said: SentenceKey[] = [
    'messages:send.done',
    ...(isSilenced ? ['messages:send.silenced' as const] : []),
  ];
  await answer(interaction, {
    content: said.map((key) => t(key, { link: sent.url, channel: `<#${channel.id}>` })).join('\n'),
  });
}

/**
 * Sends a message in a member's name and tells the log channel.
 * @param onceFor the id of what they did: doing the same again sends nothing more.
 */
export async function sendFor(
  { logChannel, log }: MessageDeps,
  member: GuildMember,
  channel: GuildTextBasedChannel,
  message: MessageCreateOptions,
  onceFor: string,
): Promise<Message> {
  const sent = await channel.send({ ...message, nonce: onceFor, enforceNonce: true });
  await tellLog({ logChannel, log }, member, sent, 'messages:log.posted', onceFor);
  return sent;
}

/** Says in the log channel, whatever its level, who let the bot write something. The text itself is where it was written. */
export async function tellLog(
  { logChannel, log }: Pick<MessageDeps, 'logChannel' | 'log'>,
  member: GuildMember,
  message: Message,
  title: SentenceKey,
  nonce: string,
): Promise<void> {
  const { id: userId, guild } = member;
  log.info({ guildId: guild.id, by: userId, channelId: message.channelId, messageId: message.id }, title);
  await logChannel.post(
    guild.id,
    'info',
    (say) => ({
      title: say(title),
      description: say('messages:log.text', {
        by: `<@${userId}>`,
        channel: `<#${message.channelId}>`,
        link: message.url,
      }),
    }),
    { whateverLevel: true, nonce: `log${nonce}` },
  );
}
