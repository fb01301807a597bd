import type {
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { translator, type Locale } from '#lib/i18n/translate';
import { answer, claim, type ComponentInteraction } from '#lib/ui/answer';
import { embed } from '#lib/ui/embeds';
import type { Quote } from './client.ts';
import type { AssistantDeps } from './deps.ts';
import { profiles, type ProfileName } from './profiles.ts';

/** What a member asks the AI. */
export interface Question {
  readonly profile: ProfileName;
  readonly guildId: string;
  readonly userId: string;
  readonly locale: Locale;
  /** What people wrote, and material; it reaches the AI as such and never as an instruction. */
  readonly quotes: readonly Quote[];
  /** What is shown when no AI answers, useful by itself: markdown, ready to show. */
  readonly plain: string;
  /** Named below the answer: knowledge files, entries of the FAQ. */
  readonly sources: readonly string[];
}

/** What a member used to ask; not answered yet. */
export type Asking =
  | ChatInputCommandInteraction<'cached'>
  | MessageContextMenuCommandInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>
  | ComponentInteraction<'cached'>;

/** Asks for a member and shows them alone what came of it, as the answer to what they used. */
export async function askInReply(
  deps: AssistantDeps,
  interaction: Asking,
  question: Question,
): Promise<void> {
  await claim(interaction);
  const t = translator(question.locale);
  const answered = await deps.provider?.ask(profiles[question.profile], question.locale, question.quotes);
  const text = answered?.outcome === 'answer' ? answered.text : question.plain;
  await answer(interaction, {
    embeds: [
      embed('info', {
        title: t(answered?.outcome === 'answer' ? 'assistant:answer.title' : 'assistant:plain.title'),
        description: text,
        footer: question.sources.join(', '),
        at: deps.clock.now(),
      }),
    ],
    allowedMentions: { parse: [] },
  });
}
