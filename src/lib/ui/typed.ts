import { ComponentType, type APIComponentInContainer, type Message } from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';

const ZERO_WIDTH_SPACE = '\u200B';
const ROLE_MENTION = /<@&(\d+)>/g;
const FENCED = /```\n([\s\S]*)\n```$/;

interface Field {
  /** The component's id in the message. */
  readonly id: number;
  readonly name: SentenceKey;
  /** Whether it holds ids of roles, with spaces between them. */
  readonly isRoles?: boolean;
}

/**
 * What was typed in a modal and refused stands in the message below the refusal, and is read from there when the modal is opened
 * again: nothing is kept in this process, and nothing is lost when it ends.
 */
export interface TypedFields<Name extends string> {
  /** The texts as paragraphs that show them letter for letter; empty ones are left out. */
  parts(t: Translate, typed: Partial<Record<Name, string>>): APIComponentInContainer[];
  /** The texts that `parts` put into a message; empty where there are none. */
  readFrom(message: Pick<Message, 'components'>): Record<Name, string>;
}

/** @param textMax of the longest field, in UTF-16 units; a longer text is shown shortened. */
export function typedFields<Name extends string>(
  fields: Readonly<Record<Name, Field>>,
  textMax: number,
): TypedFields<Name> {
  const all = Object.entries<Field>(fields) as [Name, Field][];
  return {
    parts: (t, typed) =>
      all.flatMap(([field, { id, name, isRoles }]) => {
        const text = typed[field]?.trim() ?? '';
        if (text === '') return [];
        const shown = isRoles === true ? text.replaceAll(/\d+/g, '<@&$&>') : fenced(text, textMax);
        return [{ type: ComponentType.TextDisplay as const, id, content: `**${t(name)}**\n${shown}` }];
      }),
    readFrom(message) {
      const shown = textsOf(message);
      const read = all.map(([field, { id, isRoles }]) => {
        const content = shown.get(id) ?? '';
        return [field, isRoles === true ? rolesIn(content) : unfenced(content)] as const;
      });
      return Object.fromEntries(read) as Record<Name, string>;
    },
  };
}

/** In a fence that no text can close. */
function fenced(text: string, most: number): string {
  const kept = truncate(text, most).replaceAll(/`(?=`)/g, `\`${ZERO_WIDTH_SPACE}`);
  return `\`\`\`\n${kept}\n\`\`\``;
}

function unfenced(content: string): string {
  return FENCED.exec(content)?.[1]?.replaceAll(`\`${ZERO_WIDTH_SPACE}`, '`') ?? '';
}

function rolesIn(content: string): string {
  return Array.from(content.matchAll(ROLE_MENTION), ([, role = '']) => role).join(' ');
}

/** The texts of a message by the ids of their components. */
function textsOf({ components }: Pick<Message, 'components'>): Map<number, string> {
  const texts = new Map<number, string>();
  const visit = (component: unknown): void => {
    if (typeof component !== 'object' || component === null) return;
    const { id, content, components: inner } = component as Record<string, unknown>;
    if (typeof id === 'number' && typeof content === 'string') texts.set(id, content);
    if (Array.isArray(inner)) inner.forEach(visit);
  };
  for (const component of components) visit(component.toJSON());
  return texts;
}
