import type { ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { safeEmbedText } from '#lib/text/sanitize';
import { askInReply } from '../questions.ts';
import { takeTurn } from './cooldown.ts';
import type { AssistantCommandDeps } from './deps.ts';
import { shownText } from './typed.ts';

export const captionStyles = [
  'punchy',
  'vulnerable',
  'educational',
  'spiritual',
  'motivational',
  'formal',
] as const;
export type CaptionStyle = (typeof captionStyles)[number];

/** In UTF-16 units. */
export const CAPTION_TOPIC_MAX = 300;
/** Longer than a topic, for the backslashes. */
const SHOWN_MAX = 400;

/**
 * Writes captions for a post, or gives templates to fill in.
 * @throws UserError when the topic says nothing, or they asked often enough for now.
 */
export async function createCaption(
  { assistant, limiter }: AssistantCommandDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
  wish: { readonly topic: string; readonly style: string },
): Promise<void> {
  const topic = shownText(wish.topic).replaceAll(/\s+/g, ' ');
  const style = captionStyles.find((one) => one === wish.style);
  if (topic === '' || style === undefined) throw new UserError('assistant-commands:nothing');
  takeTurn(limiter, interaction, 'create_caption');
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  const name = t(`assistant-commands:caption.style.${style}`);
  await askInReply(assistant, interaction, {
    profile: 'caption',
    guildId: interaction.guildId,
    userId: interaction.user.id,
    locale,
    quotes: [
      { from: 'topic', text: topic },
      { from: 'style', text: style },
    ],
    plain: [
      t('assistant-commands:caption.intro', { style: name }),
      t(`assistant-commands:caption.templates.${style}`, { topic: safeEmbedText(topic, SHOWN_MAX) }),
    ].join('\n\n'),
    sources: [],
  });
}
