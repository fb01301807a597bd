import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { readLanguage } from '#lib/faq/modal';
import { addEntry, type EntryText } from '#lib/faq/queries';
import { localeOf, translator } from '#lib/i18n/translate';
import { effectiveValue } from '#lib/settings/settings';
import { plainText } from '#lib/text/sanitize';
import { answer, claim, openModal, update } from '#lib/ui/answer';
import type { TicketDeps } from '../deps.ts';
import type { topicIds } from './custom-ids.ts';
import { draftOf, ANSWER_MAX, TITLE_MAX } from './draft.ts';
import { ANSWER_INPUT, decidedText, decisionEntry, entryModal, TITLE_INPUT } from './topic-views.ts';
import { decideTopic, lockTopic, readTopic, type Topic } from './topics.ts';

type Id = Exclude<ReturnType<typeof topicIds.parse>, 'outdated'>;
type Pressed = ButtonInteraction | ModalSubmitInteraction;
type Inside = ButtonInteraction<'cached'> | ModalSubmitInteraction<'cached'>;

/** Does what a button of a proposal stands for. @throws UserError unless an admin pressed it. */
export async function useTopicButton(
  deps: TicketDeps,
  interaction: ButtonInteraction,
  id: Id,
): Promise<void> {
  requireAdmin(interaction);
  if (id.action === 'dismiss') return decide(deps, interaction, numberOf(id), null);
  const topic = await readTopic(deps.db, interaction.guildId, numberOf(id));
  if (topic === undefined) throw new UserError('ticket-topics:unknown');
  if (topic.decidedAt !== null) return showDecided(deps, interaction, topic);
  const t = translator(localeOf(interaction.locale));
  const language = await deps.settings.get(interaction.guildId, 'system.language');
  await openModal(interaction, entryModal(t, topic, await draftOf(deps.db, topic), language));
}

/** Takes what an admin wrote for the FAQ. @throws UserError unless an admin sent it. */
export async function submitEntry(
  deps: TicketDeps,
  interaction: ModalSubmitInteraction,
  id: Id,
): Promise<void> {
  requireAdmin(interaction);
  const typed = (input: string, maxLength: number): string =>
    plainText(interaction.fields.getTextInputValue(input)).trim().slice(0, maxLength);
  const entry = {
    title: typed(TITLE_INPUT, TITLE_MAX),
    summary: typed(ANSWER_INPUT, ANSWER_MAX),
    keywords: [],
    language: readLanguage(interaction),
  };
  if (entry.title === '' || entry.summary === '') throw new UserError('ticket-topics:empty');
  await decide(deps, interaction, numberOf(id), entry);
}

function requireAdmin(interaction: Pressed): asserts interaction is Inside {
  if (!interaction.inCachedGuild() || !isAdmin(actorOf(interaction))) throw new UserError('common:adminOnly');
}

function numberOf({ topic }: Id): number {
  const id = Number(topic);
  if (!Number.isSafeInteger(id) || id > 2 ** 31 - 1) throw new UserError('ticket-topics:unknown');
  return id;
}

/** Settles a topic, once whoever decides and however often. @param entry null: dismissed. */
async function decide(
  deps: TicketDeps,
  interaction: Inside,
  id: number,
  entry: EntryText | null,
): Promise<void> {
  const { db, clock, logChannel } = deps;
  const { guildId, user } = interaction;
  await claim(interaction);
  const at = clock.now();
  const { topic, isNew } = await db.transaction().execute(async (trx) => {
    const before = await lockTopic(trx, guildId, id);
    if (before === undefined) throw new UserError('ticket-topics:unknown');
    if (before.decidedAt !== null) return { topic: before, isNew: false };
    const written = entry === null ? null : await addEntry(trx, guildId, entry, { userId: user.id, at });
    const decision = { by: user.id, at, faqEntryId: written };
    await decideTopic(trx, before, decision);
    const after: Topic = { ...before, decidedBy: user.id, decidedAt: at, faqEntryId: decision.faqEntryId };
    return { topic: after, isNew: true };
  });
  if (isNew) await logChannel.post(guildId, 'info', decisionEntry(topic, entry?.title ?? null));
  await showDecided(deps, interaction, topic);
}

/** Takes the buttons from a proposal and says who decided; whoever was late is told. */
async function showDecided(deps: TicketDeps, interaction: Inside, topic: Topic): Promise<void> {
  const overrides = await deps.settings.overrides(topic.guildId);
  const text = decidedText(translator(effectiveValue(overrides, 'system.language')), topic);
  await update(interaction, { content: text, components: [], allowedMentions: { parse: [] } });
  if (topic.decidedBy === interaction.user.id) return;
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, { content: decidedText(t, topic), allowedMentions: { parse: [] } });
}
