import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  type ChatInputCommandInteraction,
  type GuildTextBasedChannel,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { requireLinkedMessage, type MessagePlace } from '#lib/reminders/message-link';
import { answer, claim, openModal } from '#lib/ui/answer';
import { messagesIds } from './custom-ids.ts';
import type { MessageDeps } from './deps.ts';
import { embedModal, readEmbedModal, typedInEmbed } from './embed-modal.ts';
import { requireWritable } from './place.ts';
import { sendFor, tellLog } from './send.ts';

type Opener = ChatInputCommandInteraction<'cached'> | MessageContextMenuCommandInteraction<'cached'>;

/** Opens the window for an embed: a new one in a channel, or one that the link in `edit` leads to. @throws UserError when that cannot be. */
export async function openEmbed(interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options, guild, member } = interaction;
  const link = options.getString('edit');
  if (link !== null) return openEdit(interaction, await requireLinkedMessage(guild, member, link));
  const channel = await requireWritable(member, options.getChannel('channel') ?? interaction.channel, [
    'EmbedLinks',
  ]);
  const customId = messagesIds.build('embed', { channel: channel.id, opener: interaction.id });
  const t = translator(localeOf(interaction.locale));
  await openModal(interaction, embedModal(t, customId, 'messages:embed.new'));
}

/** Opens the window with an embed that was posted before. @throws UserError when it is none, or one of them may not write there. */
export async function openEdit(interaction: Opener, place: MessagePlace): Promise<void> {
  const { message } = await findEmbed(interaction, place);
  const customId = messagesIds.build('edit', {
    channel: place.channelId,
    message: message.id,
    seen: String(message.editedTimestamp ?? 0),
  });
  const t = translator(localeOf(interaction.locale));
  await openModal(interaction, embedModal(t, customId, 'messages:embed.edit', message.embeds[0]?.data));
}

type Submitted =
  | { readonly action: 'embed'; readonly channel: string; readonly opener: string }
  | { readonly action: 'edit'; readonly channel: string; readonly message: string; readonly seen: string };

/** Posts or changes an embed that an admin wrote; where it is not taken they get it back. @throws UserError unless an admin sent it. */
export async function submitEmbed(
  deps: MessageDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  id: Submitted,
): Promise<void> {
  if (!isAdmin(actorOf(interaction))) throw new UserError('common:adminOnly');
  const { member, guild } = interaction;
  const t = translator(localeOf(interaction.locale));
  try {
    const embed = readEmbedModal(interaction);
    await claim(interaction);
    if (id.action === 'embed') {
      const channel = await requireWritable(member, guild.channels.cache.get(id.channel) ?? null, [
        'EmbedLinks',
      ]);
      const sent = await sendFor(deps, member, channel, { embeds: [embed] }, id.opener);
      await answer(interaction, { content: t('messages:embed.done', { link: sent.url }) });
      return;
    }
    const { message } = await findEmbed(interaction, { channelId: id.channel, messageId: id.message });
    if (String(message.editedTimestamp ?? 0) !== id.seen) throw new UserError('messages:embed.changed');
    const edited = await message.edit({ embeds: [embed], allowedMentions: { parse: [] } });
    await tellLog(deps, member, edited, 'messages:log.edited', interaction.id);
    await answer(interaction, { content: t('messages:embed.edited', { link: edited.url }) });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await answer(interaction, {
      content: `${t(error.sentence, error.values)}\n${t('messages:embed.kept')}`,
      files: [{ attachment: Buffer.from(typedInEmbed(interaction)), name: t('messages:embed.file') }],
    });
  }
}

async function findEmbed(
  { member, guild }: Opener | ModalSubmitInteraction<'cached'>,
  { channelId, messageId }: MessagePlace,
): Promise<{ readonly channel: GuildTextBasedChannel; readonly message: Message }> {
  const channel = await requireWritable(member, guild.channels.cache.get(channelId) ?? null, [
    'EmbedLinks',
    'ReadMessageHistory',
  ]);
  try {
    const message = await channel.messages.fetch({ message: messageId, cache: false });
    if (!isComposed(message)) throw new UserError('messages:embed.notMine');
    return { channel, message };
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage)
      throw new UserError('messages:embed.gone');
    throw error;
  }
}

/** Whether a message is an embed that somebody wrote with the bot. All that the bot makes itself bears an instant, or more than an embed. */
function isComposed({ author, client, embeds, content, components, interactionMetadata }: Message): boolean {
  const [embed, ...others] = embeds;
  return (
    author.id === client.user.id &&
    interactionMetadata === null &&
    content === '' &&
    components.length === 0 &&
    embed !== undefined &&
    others.length === 0 &&
    embed.timestamp === null &&
    embed.fields.length === 0
  );
}
