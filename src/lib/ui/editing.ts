import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APISelectMenuOption,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { Translate } from '#lib/i18n/translate';
import { safeEmbedText, truncate, truncateMarkdown } from '#lib/text/sanitize';
import { claim, update, type ComponentInteraction } from './answer.ts';
import { button, noteText, row, textDisplay, type Note } from './components.ts';
import { SELECT_OPTION_TEXT_MAX } from './limits.ts';

/** Leaves room for the longest list below it: all text of a message together has 4,000 characters. */
const NOTE_MAX = 450;
/** Of a text in a line of a list. */
const LINE_TEXT_MAX = 60;

/** One screen of the editor. Components V2. */
export function screen(
  heading: string,
  note: Note | null,
  ...components: APIComponentInContainer[]
): APIContainerComponent[] {
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${heading}`),
        ...noteText(note && { ...note, text: truncateMarkdown(note.text, NOTE_MAX) }),
        ...components,
      ],
    },
  ];
}

/** What a refusal is shown as, in place; whatever else it is goes on to the funnel, a custom id of another version too. */
export function refusal(t: Translate, error: unknown): Note {
  if (!(error instanceof UserError) || error.sentence === 'common:outdated') throw error;
  return { kind: 'refused', text: t(error.sentence, error.values) };
}

/**
 * Does what somebody pressed or wrote, in one process only, and shows what there is then in place.
 * @param refused shows where they are, with why it was refused.
 */
export async function settle(
  t: Translate,
  interaction: ComponentInteraction<'cached'> | ModalSubmitInteraction<'cached'>,
  act: () => Promise<APIContainerComponent[]>,
  refused: (note: Note) => Promise<APIContainerComponent[]>,
): Promise<void> {
  await claim(interaction);
  const done = await act().catch((error: unknown) => refusal(t, error));
  await update(interaction, { components: Array.isArray(done) ? done : await refused(done) });
}

export function separator(): APIComponentInContainer {
  return { type: ComponentType.Separator, divider: true };
}

/** How something begins, for a line of a list. */
export function lineText(text: string): string {
  return safeEmbedText(text.replaceAll(/\s+/g, ' '), LINE_TEXT_MAX);
}

/** A button that cannot be pressed where that would do nothing. */
export function buttonUnless(
  isUseless: boolean,
  label: string,
  customId: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { ...button(label, customId, style), ...(isUseless && { disabled: true }) };
}

/** A select that opens one of a list; nothing where there is none to open. */
export function opener(
  customId: string,
  placeholder: string,
  choices: readonly { readonly value: string; readonly text: string }[],
): APIComponentInContainer[] {
  if (choices.length === 0) return [];
  const options = choices.map(({ value, text }, index): APISelectMenuOption => ({
    label: truncate(`${index + 1}. ${text}`, SELECT_OPTION_TEXT_MAX),
    value,
  }));
  return [row({ type: ComponentType.StringSelect, custom_id: customId, placeholder, options })];
}

/** The line of one thing in a numbered list, with what is to be known of it. */
export function listLine(index: number, text: string, traits: readonly string[]): string {
  return `**${index + 1}.** ${[lineText(text), ...traits].join(' · ')}`;
}

/** The same things, with one of them a place up or down; at the end it stays. */
export function movedBy<Thing>(things: readonly Thing[], thing: Thing, way: 'up' | 'down'): Thing[] {
  const from = things.indexOf(thing);
  const to = Math.min(Math.max(from + (way === 'up' ? -1 : 1), 0), things.length - 1);
  return things.toSpliced(from, 1).toSpliced(to, 0, thing);
}
