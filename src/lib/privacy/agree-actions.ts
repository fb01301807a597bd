import { MessageFlags } from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { locales, localeOf, translator, type Locale } from '#lib/i18n/translate';
import { answer, claim, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import type { PrivacyDeps } from './actions.ts';
import { agreeTo, withdrawAgreement } from './agreements.ts';
import { privacyIds, type PrivacyId } from './custom-ids.ts';
import { agreeParts, documentView } from './document-views.ts';
import { readPublished, textIn, type PublishedDocument } from './documents.ts';

type Component = ComponentInteraction<'cached'>;

const V2 = { flags: MessageFlags.IsComponentsV2 } as const;

/**
 * Agrees to a published text, the one that the button stood under.
 * @param shown null for a button of the Python bot, which stood under a text that we do not know.
 */
export async function pressAgree(
  { db, settings, clock }: PrivacyDeps,
  interaction: Component,
  shown: Extract<PrivacyId, { action: 'agree' }> | null,
): Promise<void> {
  const { guildId, user } = interaction;
  if (!(await settings.get(guildId, 'gdpr.enabled'))) throw new UserError('privacy:agree.off');
  const published = await requirePublished({ db }, guildId);
  const t = translator(localeOf(interaction.locale));
  const text = [...published.texts.values()].find(
    (one) =>
      shown !== null && privacyIds.build('agree', agreeParts(one)) === privacyIds.build('agree', shown),
  );
  if (text === undefined) {
    const note: Note = { kind: 'refused', text: t('privacy:agree.changed') };
    return showDocument(interaction, published, localeOf(interaction.locale), note);
  }
  await claim(interaction);
  const isNew = await agreeTo(db, guildId, user.id, text, clock.now());
  await answer(interaction, {
    content: t(isNew ? 'privacy:agree.done' : 'privacy:agree.already', { version: text.version }),
  });
}

/** Takes back whatever the member agreed to in this guild. */
export async function pressWithdraw({ db, clock }: PrivacyDeps, interaction: Component): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  await claim(interaction);
  const had = await withdrawAgreement(db, interaction.guildId, interaction.user.id, clock.now());
  await answer(interaction, { content: t(had ? 'privacy:agree.withdrawn' : 'privacy:agree.notAgreed') });
}

/** Shows the text to one person, in a language or else their own. */
export async function showText({ db }: PrivacyDeps, interaction: Component, wanted: string): Promise<void> {
  const published = await requirePublished({ db }, interaction.guildId);
  const locale = locales.find((one) => one === wanted) ?? localeOf(interaction.locale);
  await showDocument(interaction, published, locale, null);
}

async function requirePublished(
  { db }: Pick<PrivacyDeps, 'db'>,
  guildId: string,
): Promise<PublishedDocument> {
  const published = await readPublished(db, guildId);
  if (published === undefined) throw new UserError('privacy:agree.none');
  return published;
}

async function showDocument(
  interaction: Component,
  published: PublishedDocument,
  locale: Locale,
  note: Note | null,
): Promise<void> {
  const text = textIn(published, locale);
  const components = documentView(translator(text.locale), published, text, interaction.guild.name, note);
  await answer(interaction, { ...V2, components });
}
