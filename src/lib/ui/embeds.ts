import type { APIEmbed, APIEmbedField } from 'discord.js';
import { truncate, truncateMarkdown } from '../text/truncate.ts';
import {
  EMBED_AUTHOR_MAX,
  EMBED_DESCRIPTION_MAX,
  EMBED_FIELD_NAME_MAX,
  EMBED_FIELD_VALUE_MAX,
  EMBED_FIELDS_MAX,
  EMBED_FOOTER_MAX,
  EMBED_TITLE_MAX,
  EMBED_TOTAL_MAX,
} from './limits.ts';

export type EmbedKind = 'info' | 'log' | 'warning' | 'success' | 'error' | 'status';
export type LogLevel = 'debug' | 'info' | 'success' | 'warning' | 'error';

/**
 * What an embed shows. Title, description and fields are markdown: what a person wrote goes through safeEmbedText first. Discord shows footer
 * and author as they are, so plainText is enough there.
 */
export interface EmbedContent {
  title: string;
  description?: string | undefined;
  /** A field without a value is left out; one without a name keeps its place without a heading. */
  fields?: readonly { name: string; value: string; inline?: boolean | undefined }[] | undefined;
  footer?: string | undefined;
  author?: string | undefined;
  /** Makes the title a link. */
  url?: string | undefined;
  /** The instant shown beside the footer. */
  at: Date;
  /** Colour of a 'log' embed; 'info' when omitted. */
  level?: LogLevel | undefined;
}

const BLUE = 0x3498db;
const GREEN = 0x2ecc71;
const ORANGE = 0xe67e22;
const RED = 0xe74c3c;
const TURQUOISE = 0x1abc9c;
const GREY = 0x979c9f;

const KIND_COLORS: Readonly<Record<Exclude<EmbedKind, 'log'>, number>> = {
  info: BLUE,
  success: GREEN,
  warning: ORANGE,
  error: RED,
  status: TURQUOISE,
};

const LOG_COLORS: Readonly<Record<LogLevel, number>> = {
  debug: GREY,
  info: BLUE,
  success: GREEN,
  warning: ORANGE,
  error: RED,
};

/** Discord refuses an empty name; this one takes its place and cannot be seen. */
const INVISIBLE = '\u200B';
/** Stands where fields were left out, so that nobody takes the rest for everything. */
const LEFT_OUT: APIEmbedField = { name: '…', value: '…' };
/** A description is shortened to this much before whole fields go. */
const DESCRIPTION_KEPT_BEFORE_FIELDS = 1000;

/**
 * The one way an embed is made: the kind gives its colour, and every part is cut to what Discord accepts
 * (https://discord.com/developers/docs/resources/message#embed-object-embed-limits), so that a long text shows shortened
 * and never fails the whole message. When all parts together are too long the description gives way first, then the last fields.
 */
export function embed(kind: EmbedKind, content: EmbedContent): APIEmbed {
  const title = cut(content.title, EMBED_TITLE_MAX);
  const author = cut(content.author, EMBED_AUTHOR_MAX, truncate);
  const footer = cut(content.footer, EMBED_FOOTER_MAX, truncate);
  const fields = atMost(EMBED_FIELDS_MAX, shownFields(content.fields ?? []));
  const description = cut(content.description, EMBED_DESCRIPTION_MAX);

  const room = EMBED_TOTAL_MAX - lengthOf(title, author, footer);
  const excess = lengthOf(description) + lengthOfFields(fields) - room;
  const keptDescription =
    description === undefined || excess <= 0
      ? description
      : truncateMarkdown(
          description,
          Math.max(description.length - excess, Math.min(description.length, DESCRIPTION_KEPT_BEFORE_FIELDS)),
        );
  const keptFields = thatFit(room - lengthOf(keptDescription), fields);

  const isEmpty = title === undefined && keptDescription === undefined && keptFields.length === 0;
  return {
    color: kind === 'log' ? LOG_COLORS[content.level ?? 'info'] : KIND_COLORS[kind],
    timestamp: content.at.toISOString(),
    ...(title !== undefined && { title }),
    ...(content.url !== undefined && { url: content.url }),
    // An embed with nothing to show is refused by Discord.
    ...((keptDescription !== undefined || isEmpty) && { description: keptDescription ?? INVISIBLE }),
    ...(keptFields.length > 0 && { fields: keptFields }),
    ...(footer !== undefined && { footer: { text: footer } }),
    ...(author !== undefined && { author: { name: author } }),
  };
}

function cut(text: string | undefined, maxLength: number, shorten = truncateMarkdown): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return shorten(text, maxLength);
}

function shownFields(fields: NonNullable<EmbedContent['fields']>): APIEmbedField[] {
  return fields.flatMap(({ name, value, inline }) => {
    const shown = cut(value, EMBED_FIELD_VALUE_MAX);
    if (shown === undefined) return [];
    const field: APIEmbedField = { name: cut(name, EMBED_FIELD_NAME_MAX) ?? INVISIBLE, value: shown };
    return [inline === undefined ? field : { ...field, inline }];
  });
}

function atMost(count: number, fields: APIEmbedField[]): APIEmbedField[] {
  return fields.length <= count ? fields : [...fields.slice(0, count - 1), LEFT_OUT];
}

function thatFit(room: number, fields: APIEmbedField[]): APIEmbedField[] {
  if (lengthOfFields(fields) <= room) return fields;
  const kept: APIEmbedField[] = [];
  let left = room - lengthOfFields([LEFT_OUT]);
  for (const field of fields) {
    left -= lengthOfFields([field]);
    if (left < 0) break;
    kept.push(field);
  }
  return [...kept, LEFT_OUT];
}

function lengthOf(...texts: (string | undefined)[]): number {
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function lengthOfFields(fields: readonly APIEmbedField[]): number {
  return fields.reduce((sum, field) => sum + field.name.length + field.value.length, 0);
}
