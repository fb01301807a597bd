import {
  MessageFlags,
  type ChatInputCommandInteraction,
  type Interaction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { locales, localeOf, translator, type Locale, type Translate } from '#lib/i18n/translate';
import { answer, claim, openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import type { PrivacyDeps } from './actions.ts';
import { countAgreements } from './agreements.ts';
import type { GdprId } from './custom-ids.ts';
import { documentModal, DOCUMENT_INPUT, draftsState, gdprPanel } from './document-views.ts';
import { publishDrafts, readDrafts, readPublished, saveDraft, type DraftsCheck } from './documents.ts';
import { postDocument, readPost, refreshPost } from './posts.ts';

type Component = ComponentInteraction<'cached'>;
type Modal = ModalSubmitInteraction<'cached'>;

async function panel(
  { db }: PrivacyDeps,
  { guildId, locale }: Interaction<'cached'>,
  note: Note | null,
): Promise<ReturnType<typeof gdprPanel>> {
  const [drafts, published, post] = await Promise.all([
    readDrafts(db, guildId),
    readPublished(db, guildId),
    readPost(db, guildId),
  ]);
  const agreements = published === undefined ? 0 : await countAgreements(db, guildId, published.version);
  return gdprPanel(translator(localeOf(locale)), guildId, { drafts, published, agreements, post }, note);
}

/** What `/gdpr` answers. */
export async function showGdpr(
  deps: PrivacyDeps,
  interaction: ChatInputCommandInteraction<'cached'>,
): Promise<void> {
  const components = await panel(deps, interaction, null);
  await answer(interaction, { flags: MessageFlags.IsComponentsV2, components });
}

/** Does what a button of `/gdpr` stands for; a refusal is shown above what is so now. */
export async function useGdprButton(
  deps: PrivacyDeps,
  interaction: Component,
  id: Exclude<GdprId, { action: 'write' }>,
): Promise<void> {
  const { db, clock } = deps;
  const { guildId, user } = interaction;
  // The panel is shown to one person alone; its buttons anywhere else were copied.
  if (!interaction.message.flags.has(MessageFlags.Ephemeral))
    throw new UserError('common:outdated', { command: '/gdpr' });
  const t = translator(localeOf(interaction.locale));
  if (id.action === 'edit') {
    const locale = requireLocale(id.locale);
    const drafts = await readDrafts(db, guildId);
    return openModal(interaction, documentModal(t, locale, drafts.get(locale)));
  }
  await claim(interaction);
  const note = await noteOf(t, async () => {
    if (id.action === 'post') {
      const { channelId, isPinned } = await postDocument(deps, guildId, clock.now());
      const channel = `<#${channelId}>`;
      return t(isPinned ? 'privacy:gdpr.postedNow' : 'privacy:gdpr.postedUnpinned', { channel });
    }
    const isAsShown: DraftsCheck = (drafts) => draftsState(drafts) === id.seen;
    const { version } = await publishDrafts(db, guildId, user.id, clock.now(), isAsShown);
    const isPosted = (await readPost(db, guildId)) !== undefined;
    const isShown = await refreshPost(deps, guildId, clock.now());
    return [
      t('privacy:gdpr.publishedNow', { version }),
      ...(isPosted ? [t(isShown ? 'privacy:gdpr.updated' : 'privacy:gdpr.notUpdated')] : []),
    ].join(' ');
  });
  await update(interaction, { components: await panel(deps, interaction, note) });
}

/** Saves what was written in the modal. Should somebody else have written meanwhile, the text is given back as a file. */
export async function submitDocument(
  deps: PrivacyDeps,
  interaction: Modal,
  id: Extract<GdprId, { action: 'write' }>,
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  const locale = requireLocale(id.locale);
  const content = interaction.fields.getTextInputValue(DOCUMENT_INPUT);
  await claim(interaction);
  const isSaved = await saveDraft(deps.db, {
    guildId: interaction.guildId,
    locale,
    content,
    seen: id.seen,
    by: interaction.user.id,
    now: deps.clock.now(),
  });
  const note: Note = isSaved
    ? { kind: 'done', text: t('privacy:gdpr.saved') }
    : { kind: 'refused', text: t('privacy:gdpr.changedMeanwhile') };
  await update(interaction, { components: await panel(deps, interaction, note) });
  if (!isSaved)
    await answer(interaction, {
      files: [{ attachment: Buffer.from(content, 'utf8'), name: `privacy-${locale}.txt` }],
    });
}

async function noteOf(t: Translate, act: () => Promise<string>): Promise<Note> {
  try {
    return { kind: 'done', text: await act() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'refused', text: t(error.sentence, error.values) };
  }
}

function requireLocale(text: string): Locale {
  const locale = locales.find((one) => one === text);
  if (locale === undefined) throw new UserError('common:outdated', { command: '/gdpr' });
  return locale;
}
