import {
  ComponentType,
  MessageFlags,
  type APIContainerComponent,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator } from '#lib/i18n/translate';
import { answer, openModal } from '#lib/ui/answer';
import { noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { typedFields } from '#lib/ui/typed';
import { requireMayOpen } from './blacklist.ts';
import { categoriesOf, openKinds, readCategory, type TicketCategory } from './categories.ts';
import { ticketIds } from './custom-ids.ts';
import type { TicketDeps } from './deps.ts';
import { formModal } from './form-modal.ts';
import { readForm, typedInForm } from './form-read.ts';
import { offerOrOpen } from './offer.ts';
import { requireRoom } from './open.ts';
import { kindPart, kindSelect } from './panels/view.ts';

type Opening =
  | ButtonInteraction<'cached'>
  | StringSelectMenuInteraction<'cached'>
  | ChatInputCommandInteraction<'cached'>
  | MessageContextMenuCommandInteraction<'cached'>;

interface Wish {
  /** A category, null for the general kind, undefined when it is still to be chosen. */
  readonly kind: number | null | undefined;
  /** The message of this channel that it is about. */
  readonly aboutMessageId: string | null;
  /** What they wrote already; empty when they did not. */
  readonly text: string;
}

/** Of what is written in a command: it is shown again where a category is still to be chosen. */
export const TEXT_MAX = 1000;
const kept = typedFields({ text: { id: 301, name: 'ticket-setup:form.about' } }, TEXT_MAX);

/**
 * What happens when somebody wants a ticket, by whatever way: its form opens, or they choose first what it is about. With all
 * said it is opened at once.
 * @throws UserError when they may open none, or have as many as they may.
 */
export async function startOpening(deps: TicketDeps, interaction: Opening, wish: Wish): Promise<void> {
  const { db, clock } = deps;
  const { guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  await requireMayOpen(db, guildId, user.id, clock.now());
  const categories = await categoriesOf(db, guildId);
  const kinds = openKinds(categories);
  if (kinds.length === 0) throw new UserError('ticket-setup:open.closed');
  // A button from before there were categories leads to all of them.
  const wanted = wish.kind === null && categories.length > 0 ? undefined : wish.kind;
  const [only] = kinds;
  const kind =
    wanted === undefined
      ? kinds.length === 1
        ? only
        : undefined
      : kinds.find((one) => (one?.id ?? null) === wanted);
  if (kind === undefined) {
    const named = kinds.filter((one) => one !== null);
    const note: Note | null =
      wanted === undefined ? null : { kind: 'refused', text: t('ticket-setup:open.kindGone') };
    // What was chosen is gone, and so are all categories.
    if (named.length === 0) throw new UserError('ticket-setup:open.kindGone');
    const components = choiceMessage(deps, t, named, wish, note);
    return answer(interaction, { components, flags: MessageFlags.IsComponentsV2 });
  }
  await requireRoom(deps, { guildId, userId: user.id, categoryId: kind?.id ?? null });
  const { text, aboutMessageId } = wish;
  const isAllSaid = text !== '' && (kind?.form ?? []).length === 0;
  if (isAllSaid && !interaction.isContextMenuCommand())
    return offerOrOpen(deps, interaction, {
      categoryId: kind?.id ?? null,
      description: text,
      form: [],
      files: [],
      aboutMessageId,
    });
  const customId = ticketIds.build('form', { category: kindPart(kind), about: aboutMessageId ?? '' });
  await openModal(
    interaction,
    formModal(t, kind, { customId, text, isAboutMessage: aboutMessageId !== null }),
  );
}

/** Asks what a ticket is about; what was written already is kept in the message. Components V2. */
function choiceMessage(
  { client }: TicketDeps,
  t: ReturnType<typeof translator>,
  kinds: readonly TicketCategory[],
  { text, aboutMessageId }: Wish,
  note: Note | null,
): APIContainerComponent[] {
  return [
    {
      type: ComponentType.Container,
      components: [
        ...noteText(note),
        textDisplay(t('ticket-setup:open.choose')),
        ...kept.parts(t, { text }),
        row(kindSelect(t, client, kinds, aboutMessageId ?? '')),
      ],
    },
  ];
}

/** What a member chose, on a panel or in the message that asked them. */
export async function chooseKind(
  deps: TicketDeps,
  interaction: StringSelectMenuInteraction<'cached'>,
  about: string,
): Promise<void> {
  await startOpening(deps, interaction, {
    kind: kindIn(interaction.values[0] ?? ''),
    aboutMessageId: messageIn(about),
    text: kept.readFrom(interaction.message).text,
  });
}

/** @throws UserError when the part of a custom id is no kind of ticket. */
export function kindIn(part: string): number | null {
  if (part === '') return null;
  if (!/^[1-9]\d{0,8}$/.test(part)) throw new UserError('tickets:outdated');
  return Number(part);
}

const messageIn = (part: string): string | null => (/^\d{15,20}$/.test(part) ? part : null);

/**
 * Opens the ticket whose form a member filled in. Where that is refused they get back what they wrote.
 * @throws UserError when it is refused and there is nothing to give back.
 */
export async function submitForm(
  deps: TicketDeps,
  interaction: ModalSubmitInteraction<'cached'>,
  id: { readonly category: string; readonly about: string },
): Promise<void> {
  const { db } = deps;
  const { guildId } = interaction;
  const categoryId = kindIn(id.category);
  const category = categoryId === null ? null : ((await readCategory(db, guildId, categoryId)) ?? null);
  try {
    const isOpen = openKinds(await categoriesOf(db, guildId)).some((one) => (one?.id ?? null) === categoryId);
    if (!isOpen) throw new UserError('ticket-setup:open.kindGone');
    const { description, answers, files } = readForm(interaction, category);
    const aboutMessageId = messageIn(id.about);
    await offerOrOpen(deps, interaction, { categoryId, description, form: answers, files, aboutMessageId });
  } catch (error) {
    const typed = typedInForm(interaction, category);
    if (!(error instanceof UserError) || typed === null) throw error;
    const t = translator(localeOf(interaction.locale));
    await answer(interaction, {
      content: `${t(error.sentence, error.values)}\n${t('ticket-setup:form.kept')}`,
      files: [{ attachment: Buffer.from(typed), name: t('ticket-setup:form.file') }],
    });
  }
}
