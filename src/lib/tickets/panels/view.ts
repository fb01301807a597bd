import {
  ButtonStyle,
  ComponentType,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  type Client,
} from 'discord.js';
import { componentEmoji, isUsableEmoji } from '#lib/discord/emoji';
import type { Translate } from '#lib/i18n/translate';
import { escapeMarkdown, truncateMarkdown } from '#lib/text/sanitize';
import { button, row, textDisplay } from '#lib/ui/components';
import { openKinds, type TicketCategory } from '../categories.ts';
import { ticketIds } from '../custom-ids.ts';

export const panelStyles = ['buttons', 'select'] as const;
export type PanelStyle = (typeof panelStyles)[number];
export const PANEL_TITLE_MAX = 100;
export const PANEL_TEXT_MAX = 2000;
/** What buttons lead to has the rest of the 4,000 characters that a message may have. */
const DESCRIPTIONS_MAX = 1500;
const BUTTONS_PER_ROW = 5;

/** What an admin wrote on a panel; both may have markdown. */
export interface PanelWords {
  readonly style: PanelStyle;
  readonly title: string;
  readonly text: string;
}

/** The part of a custom id that stands for a kind of ticket. */
export const kindPart = (category: TicketCategory | null): string =>
  category === null ? '' : String(category.id);

/** The public message from which members open tickets. Components V2. */
export function panelMessage(
  t: Translate,
  client: Client,
  { style, title, text }: PanelWords,
  categories: readonly TicketCategory[],
): APIContainerComponent[] {
  const kinds = openKinds(categories);
  const named = kinds.filter((kind) => kind !== null);
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(text === '' ? `## ${title}` : `## ${title}\n${text}`),
        ...(kinds.length === 0 ? [textDisplay(`-# ${t('ticket-setup:panel.closed')}`)] : []),
        ...(style === 'select' && named.length > 0
          ? [row(kindSelect(t, client, named, ''))]
          : [...descriptions(named), ...kindButtons(t, client, kinds)]),
      ],
    },
  ];
}

function descriptions(kinds: readonly TicketCategory[]): APIComponentInContainer[] {
  const lines = kinds.flatMap(({ name, description }) =>
    description === null ? [] : [`**${escapeMarkdown(name)}**: ${escapeMarkdown(description)}`],
  );
  return lines.length === 0 ? [] : [textDisplay(truncateMarkdown(lines.join('\n'), DESCRIPTIONS_MAX))];
}

/** Rows of a button for each kind that can be opened. */
function kindButtons(
  t: Translate,
  client: Client,
  kinds: readonly (TicketCategory | null)[],
): APIComponentInContainer[] {
  const buttons = kinds.map((kind) => ({
    ...button(
      kind?.name ?? t('ticket-setup:panel.open'),
      ticketIds.build('open', { category: kindPart(kind) }),
      kinds.length === 1 ? ButtonStyle.Primary : ButtonStyle.Secondary,
    ),
    ...emojiOf(client, kind),
  }));
  return Array.from({ length: Math.ceil(buttons.length / BUTTONS_PER_ROW) }, (_, index) =>
    row(...buttons.slice(index * BUTTONS_PER_ROW, (index + 1) * BUTTONS_PER_ROW)),
  );
}

function emojiOf(client: Client, kind: TicketCategory | null): Pick<APISelectMenuOption, 'emoji'> {
  const emoji = kind?.emoji ?? null;
  return emoji !== null && isUsableEmoji(client, emoji) ? { emoji: componentEmoji(emoji) } : {};
}

/**
 * A select of kinds of tickets.
 * @param about the id of the message that the ticket will be about, or empty.
 */
export function kindSelect(
  t: Translate,
  client: Client,
  kinds: readonly TicketCategory[],
  about: string,
): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: ticketIds.build('choose', { about }),
    placeholder: t('ticket-setup:panel.choose'),
    options: kinds.map((kind) => ({
      label: kind.name,
      value: kindPart(kind),
      ...(kind.description !== null && { description: kind.description }),
      ...emojiOf(client, kind),
    })),
  };
}
