import type {
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Locale } from '#lib/i18n/translate';
import { readPublished } from '#lib/privacy/documents';
import { answer, claim, claimMessage, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Quote } from './client.ts';
import { consentOf, consentText, giveConsent, withdrawConsent } from './consents.ts';
import type { AssistantId } from './custom-ids.ts';
import type { AssistantDeps } from './deps.ts';
import {
  findQuestion,
  keepQuestion,
  releaseQuestion,
  removeQuestion,
  tokenExpiry,
  type Pending,
} from './pending.ts';
import { performQuestion } from './perform.ts';
import type { ProfileName } from './profiles.ts';
import { consentView, standingView, type AnswerView } from './views.ts';

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

/**
 * Asks for a member and shows them alone what came of it, in a message of its own. Whoever has not agreed yet is asked first, and the
 * question goes on by itself after that. Where the provider has no time it is asked again later, and the answer still comes.
 * @throws what the database and Discord throw; a question that is kept by then is answered all the same.
 */
export async function askInReply(
  deps: AssistantDeps,
  interaction: Asking,
  question: Question,
): Promise<void> {
  const { db, settings, clock, provider, alsoSaid } = deps;
  const { guildId, locale } = question;
  const t = translator(locale);
  const messageId = await claimMessage(interaction, { content: t('assistant:asking') });
  const show = async (view: AnswerView): Promise<void> => {
    await interaction.webhook.editMessage(messageId, view);
  };
  const now = clock.now();
  if (provider === null || !(await settings.get(guildId, 'gpt.enabled'))) {
    const nothing = { ...question, answer: null, resumesAt: null };
    return show(standingView(t, nothing, provider === null ? 'no_key' : 'off', now));
  }
  const hasAgreed = (await consentOf(db, question, provider, alsoSaid)) !== undefined;
  const kept = await keepQuestion(db, question, hasAgreed ? 'asking' : 'consent', {
    now,
    channelId: interaction.channelId,
    place: { token: interaction.token, messageId, expiresAt: tokenExpiry(now) },
  });
  if (hasAgreed) return perform(deps, kept);
  const { text } = consentText(provider, locale, alsoSaid);
  const hasPrivacyText = (await readPublished(db, guildId)) !== undefined;
  await show(consentView(t, kept.id, { text, hasPrivacyText }, now));
}

async function perform(deps: AssistantDeps, question: Pending): Promise<void> {
  const waitMs = await performQuestion(deps, question);
  if (waitMs !== null) await deps.retries.add(question.id, waitMs);
}

/**
 * Does what a button of the assistant stands for, for whoever presses it.
 * @throws UserError when it is not theirs, or was done already.
 */
export async function useAssistantButton(
  deps: AssistantDeps,
  interaction: ComponentInteraction<'cached'>,
  id: AssistantId,
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  const { guildId, user } = interaction;
  if (id.action === 'withdraw') {
    await claim(interaction);
    const had = await withdrawConsent(deps.db, guildId, user.id);
    return answer(interaction, {
      content: t(had ? 'assistant:consent.withdrawn' : 'assistant:consent.none'),
    });
  }
  // An id is from a message, which anybody can send.
  const questionId = /^\d{1,18}$/.test(id.question) ? id.question : '0';
  const found = await findQuestion(deps.db, { id: questionId, guildId, userId: user.id });
  if (id.action === 'show') return showReady(deps, interaction, found);
  await claim(interaction);
  if (found?.state !== 'consent') throw new UserError('assistant:consent.gone');
  if (id.action === 'agree') return agree(deps, interaction, found);
  await removeQuestion(deps.db, found);
  const view = standingView(translator(found.locale), found, 'declined', deps.clock.now());
  await update(interaction, view);
}

async function agree(
  deps: AssistantDeps,
  interaction: ComponentInteraction<'cached'>,
  { id, guildId, userId, locale }: Pending,
): Promise<void> {
  const { db, clock, provider, alsoSaid } = deps;
  if (provider === null) throw new UserError('assistant:consent.gone');
  const now = clock.now();
  const place = { token: interaction.token, messageId: '@original', expiresAt: tokenExpiry(now) };
  const question = await db.transaction().execute(async (trx) => {
    const released = await releaseQuestion(trx, id, { now, place });
    if (released !== undefined)
      await giveConsent(trx, { guildId, userId, locale }, consentText(provider, locale, alsoSaid), now);
    return released;
  });
  if (question === undefined) throw new UserError('assistant:consent.gone');
  const t = translator(locale);
  await update(interaction, { content: t('assistant:asking'), embeds: [], components: [] });
  await perform(deps, question);
}

async function showReady(
  { clock }: AssistantDeps,
  interaction: ComponentInteraction<'cached'>,
  question: Pending | undefined,
): Promise<void> {
  if (question === undefined || question.ending === null) throw new UserError('assistant:ready.notYours');
  const view = standingView(translator(question.locale), question, question.ending, clock.now());
  await answer(interaction, view);
}
