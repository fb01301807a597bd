import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { actorOf, isAdmin } from '#lib/access/who';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { safeEmbedText, truncate } from '#lib/text/sanitize';
import { answer, claim, openModal } from '#lib/ui/answer';
import { button, row } from '#lib/ui/components';
import { faqIds } from './custom-ids.ts';
import type { FaqDeps } from './deps.ts';
import { entryId, findEntry } from './find.ts';
import { readSearch } from './logs.ts';
import { entryModal, readEntryModal, typedInEntry } from './modal.ts';
import {
  addEntry,
  changeEntry,
  deleteEntry,
  readEntry,
  RESTORABLE_DAYS,
  restoreEntry,
  TITLE_MAX,
  type EntryText,
} from './queries.ts';

type Command = ChatInputCommandInteraction<'cached'>;
type Admins = Command | ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

function requireAdmin(interaction: Admins): void {
  if (!isAdmin(actorOf(interaction))) throw new UserError('common:adminOnly');
}

/** Opens the window for a new entry, in the guild's language. @throws UserError unless an admin asks. */
export async function openAdd({ settings }: FaqDeps, interaction: Command): Promise<void> {
  requireAdmin(interaction);
  const language = await settings.get(interaction.guildId, 'system.language');
  await openModal(
    interaction,
    addModal(translator(localeOf(interaction.locale)), '', { title: '', language }),
  );
}

/** Opens the window for an answer to what was searched for in vain. @throws UserError unless an admin asks, or when it is too long ago. */
export async function openAnswer(
  { db, settings }: FaqDeps,
  interaction: StringSelectMenuInteraction<'cached'>,
): Promise<void> {
  requireAdmin(interaction);
  const { guildId, values, locale } = interaction;
  const [chosen = ''] = values;
  const search = /^[1-9]\d{0,17}$/.test(chosen) ? await readSearch(db, guildId, chosen) : undefined;
  if (search === undefined) throw new UserError('faq:note.gone');
  const language = await settings.get(guildId, 'system.language');
  const title = truncate(search.query, TITLE_MAX);
  await openModal(interaction, addModal(translator(localeOf(locale)), search.id, { title, language }));
}

function addModal(
  t: Translate,
  question: string,
  { title, language }: Pick<EntryText, 'title' | 'language'>,
) {
  const customId = faqIds.build('add', { question });
  return entryModal(
    t,
    { customId, heading: 'faq:modal.add' },
    { title, summary: '', keywords: [], language },
  );
}

/** Opens the window with an entry to be changed. @throws UserError unless an admin asks, or when it is gone. */
export async function openEdit({ db }: FaqDeps, interaction: Command, id: number): Promise<void> {
  requireAdmin(interaction);
  const entry = await findEntry(db, interaction.guildId, id);
  const customId = faqIds.build('edit', { entry: String(id), seen: String(entry.updatedAt.getTime()) });
  const t = translator(localeOf(interaction.locale));
  await openModal(interaction, entryModal(t, { customId, heading: 'faq:modal.edit' }, entry));
}

/**
 * Takes what an admin wrote; where it is not taken they get it back.
 * @param changed the entry as it was when its window was opened; null: a new one.
 * @throws UserError unless an admin sent it.
 */
export async function submitEntry(
  deps: FaqDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  changed: { readonly entry: string; readonly seen: string } | null,
): Promise<void> {
  requireAdmin(interaction);
  const { db, clock, logChannel } = deps;
  const { guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  try {
    const text = readEntryModal(interaction);
    await claim(interaction);
    const at = clock.now();
    if (changed === null) await addEntry(db, guildId, text, { userId: user.id, at });
    else await change(deps, guildId, changed, text, at);
    const what = changed === null ? 'faq:log.added' : 'faq:log.changed';
    await logChannel.post(guildId, 'info', faqLogEntry(what, user.id, text.title));
    const done = changed === null ? 'faq:done.added' : 'faq:done.changed';
    await answer(interaction, { content: t(done, { title: safeEmbedText(text.title) }) });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await answer(interaction, {
      content: `${t(error.sentence, error.values)}\n${t('faq:kept')}`,
      files: [{ attachment: Buffer.from(typedInEntry(interaction)), name: t('faq:file') }],
    });
  }
}

async function change(
  { db }: FaqDeps,
  guildId: string,
  changed: { readonly entry: string; readonly seen: string },
  text: EntryText,
  at: Date,
): Promise<void> {
  const id = entryId(changed.entry);
  const updatedAt = new Date(Number(changed.seen));
  if (Number.isNaN(updatedAt.getTime())) throw new UserError('faq:unknown');
  if (await changeEntry(db, guildId, { id, updatedAt }, text, at)) return;
  await findEntry(db, guildId, id);
  throw new UserError('faq:changedMeanwhile');
}

/** Deletes an entry, and offers to bring it back. @throws UserError unless an admin asks, or when it is gone. */
export async function deleteAction(deps: FaqDeps, interaction: Command, id: number): Promise<void> {
  requireAdmin(interaction);
  const { db, clock, logChannel } = deps;
  const { guildId, user } = interaction;
  const entry = await deleteEntry(db, guildId, id, { userId: user.id, at: clock.now() });
  if (entry === undefined) throw new UserError('faq:unknown');
  await logChannel.post(guildId, 'info', faqLogEntry('faq:log.deleted', user.id, entry.title));
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, {
    content: t('faq:done.deleted', { title: safeEmbedText(entry.title), count: RESTORABLE_DAYS }),
    components: [row(button(t('faq:button.restore'), faqIds.build('restore', { entry: String(id) })))],
  });
}

/** Brings a deleted entry back. @throws UserError unless an admin asks, or when there is none to bring back. */
export async function restoreAction(
  deps: FaqDeps,
  interaction: Command | ButtonInteraction<'cached'>,
  id: number,
): Promise<void> {
  requireAdmin(interaction);
  const { db, logChannel } = deps;
  const { guildId, user } = interaction;
  const entry = await restoreEntry(db, guildId, id);
  if (entry === undefined) {
    const isThere = (await readEntry(db, guildId, id)) !== undefined;
    throw new UserError(isThere ? 'faq:notDeleted' : 'faq:unknown');
  }
  await logChannel.post(guildId, 'info', faqLogEntry('faq:log.restored', user.id, entry.title));
  const t = translator(localeOf(interaction.locale));
  await answer(interaction, { content: t('faq:done.restored', { title: safeEmbedText(entry.title) }) });
}

/** For the log channel: who did what with which entry. */
export function faqLogEntry(
  title: 'faq:log.added' | 'faq:log.changed' | 'faq:log.deleted' | 'faq:log.restored',
  userId: string,
  of: string,
): LogEntry {
  return (t) => ({
    title: t(title),
    description: safeEmbedText(of),
    fields: [{ name: t('faq:log.by'), value: `<@${userId}>` }],
  });
}
