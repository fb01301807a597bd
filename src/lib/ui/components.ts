import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APITextDisplayComponent,
} from 'discord.js';

/** A line at the top of a panel about what just happened. */
export interface Note {
  readonly kind: 'done' | 'refused';
  readonly text: string;
}

/** A paragraph of markdown in a message of components. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** The note as a paragraph; nothing when there is none. */
export function noteText(note: Note | null): APITextDisplayComponent[] {
  return note === null ? [] : [textDisplay(`${note.kind === 'done' ? '✅' : '⚠️'} ${note.text}`)];
}

/** Components side by side: up to five buttons, or one select. */
export function row(
  ...components: APIComponentInMessageActionRow[]
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return { type: ComponentType.ActionRow, components };
}

/** A button that the bot hears of. */
export function button(
  label: string,
  customId: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}
