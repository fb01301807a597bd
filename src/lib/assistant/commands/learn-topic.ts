import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { escapeMarkdown, safeEmbedText, truncate } from '#lib/text/sanitize';
import { answer } from '#lib/ui/answer';
import { embed } from '#lib/ui/embeds';
import { CHOICE_NAME_MAX, CHOICES_MAX, EMBED_DESCRIPTION_MAX } from '#lib/ui/limits';
import { passagesFor, topicsFor, type Sources } from '../knowledge/retrieve.ts';
import type { Passage } from '../knowledge/passage.ts';
import { askInReply } from '../questions.ts';
import { takeTurn } from './cooldown.ts';
import type { AssistantCommandDeps } from './deps.ts';
import { shownText } from './typed.ts';

/** In UTF-16 units. */
export const LEARN_TOPIC_MAX = 300;
const SHOWN_MAX = 400;
const EXAMPLES = 5;

const sourcesOf = ({ assistant, knowledge }: AssistantCommandDeps): Sources => ({
  db: assistant.db,
  knowledge,
});

/** The topics that there is something about, for what is typed so far. */
export async function completeTopic(
  deps: AssistantCommandDeps,
  interaction: AutocompleteInteraction<'cached'>,
): Promise<void> {
  const { guildId, locale, options } = interaction;
  const names = await topicsFor(
    sourcesOf(deps),
    { guildId, words: options.getFocused(), locale: localeOf(locale) },
    CHOICES_MAX,
  );
  await interaction.respond(
    [...new Set(names.map((name) => truncate(name, CHOICE_NAME_MAX)))].map((name) => ({ name, value: name })),
  );
}

/**
 * Answers from the host's knowledge and the guild's FAQ. Where they say nothing of it no AI is asked: its answer would be taken for
 * the server's own, and would cost money for what a member can ask any AI.
 * @throws UserError when the topic says nothing, or they asked often enough for now.
 */
export async function learnTopic(
  deps: AssistantCommandDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
  wish: string,
): Promise<void> {
  const { guildId, user } = interaction;
  const topic = shownText(wish).replaceAll(/\s+/g, ' ');
  if (topic === '') throw new UserError('assistant-commands:nothing');
  takeTurn(deps.limiter, interaction, 'learn_topic');
  const locale = localeOf(interaction.locale);
  const passages = await passagesFor(sourcesOf(deps), { guildId, words: topic, locale });
  if (passages.length === 0) return sayNothingFound(deps, interaction, topic);
  await askInReply(deps.assistant, interaction, {
    profile: 'learn-topic',
    guildId,
    userId: user.id,
    locale,
    quotes: [
      { from: 'question', text: topic },
      // Of too many quotes the ones before are left out, so the best one comes last.
      ...passages
        .map(({ source, text }, index) => ({ from: `passage ${index + 1}`, text: `${source}\n${text}` }))
        .toReversed(),
    ],
    plain: plainPassages(passages),
    sources: [...new Set(passages.map(({ source }) => source))],
  });
}

/** As many passages, the best first, as an embed has room for. */
function plainPassages(passages: readonly Passage[]): string {
  const [first = '', ...others] = passages.map(
    ({ source, text }) => `**${escapeMarkdown(source)}**\n${text}`,
  );
  return others.reduce((shown, next) => {
    const longer = `${shown}\n\n${next}`;
    return longer.length > EMBED_DESCRIPTION_MAX ? shown : longer;
  }, first);
}

async function sayNothingFound(
  deps: AssistantCommandDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
  topic: string,
): Promise<void> {
  const locale = localeOf(interaction.locale);
  const t = translator(locale);
  const names = await topicsFor(
    sourcesOf(deps),
    { guildId: interaction.guildId, words: '', locale },
    EXAMPLES,
  );
  const lines = names.map((name) => `- ${escapeMarkdown(name)}`);
  await answer(interaction, {
    embeds: [
      embed('info', {
        title: t('assistant-commands:learn.nothingTitle'),
        description: [
          t('assistant-commands:learn.nothing', { topic: safeEmbedText(topic, SHOWN_MAX) }),
          ...(lines.length === 0 ? [] : [[t('assistant-commands:learn.thereIs'), ...lines].join('\n')]),
        ].join('\n\n'),
        at: deps.assistant.clock.now(),
      }),
    ],
    allowedMentions: { parse: [] },
  });
}
