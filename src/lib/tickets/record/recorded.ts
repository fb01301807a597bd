import { ComponentType, MessageReferenceType, type Attachment, type Embed, type Message } from 'discord.js';
import { plainText } from '#lib/text/sanitize';
import type { NewFile } from '../files/rows.ts';

/** What a transcript shows of an embed. */
export interface RecordedEmbed {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly author?: string;
  readonly authorUrl?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: string;
  /** ISO 8601. */
  readonly at?: string;
  /** 24 bits of red, green and blue. */
  readonly color?: number;
  readonly image?: string;
}

/** What a message said before it was edited. */
export interface EarlierVersion {
  readonly content: string;
  /** Only where they changed. */
  readonly embeds?: readonly RecordedEmbed[];
  /** ISO 8601. */
  readonly until: string;
}

/** A message as it is kept. */
export interface Recorded {
  readonly messageId: string;
  readonly authorId: string;
  readonly authorName: string;
  /** Webhooks too. */
  readonly isBot: boolean;
  readonly content: string;
  readonly embeds: readonly RecordedEmbed[];
  /** Their names. */
  readonly stickers: readonly string[];
  readonly replyToId: string | null;
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly files: readonly NewFile[];
}

/** A message of a ticket as it is kept: all of it that can be read, however it was sent. */
export function recordedOf(message: Message<true>): Recorded {
  const { author, member } = message;
  // What was forwarded stands in the message as a copy.
  const parts = [message, ...message.messageSnapshots.values()];
  return {
    messageId: message.id,
    authorId: author.id,
    authorName: plainText(member?.displayName ?? author.displayName).trim() || author.id,
    isBot: author.bot || message.webhookId !== null,
    content: plainText(parts.map(textOf).filter(Boolean).join('\n')),
    embeds: parts.flatMap(({ embeds }) => embeds.map(recordedEmbed)),
    stickers: parts.flatMap(({ stickers }) => stickers.map(({ name }) => plainText(name))),
    replyToId:
      message.reference?.type === MessageReferenceType.Default ? (message.reference.messageId ?? null) : null,
    sentAt: message.createdAt,
    editedAt: message.editedAt,
    files: parts.flatMap(({ attachments }) => attachments.map(recordedFile)),
  };
}

type Part = Pick<Message, 'content' | 'components' | 'poll' | 'embeds' | 'stickers' | 'attachments'>;

function textOf({ content, components, poll }: Partial<Part>): string {
  const asked =
    poll === null || poll === undefined
      ? []
      : [poll.question.text, ...poll.answers.map(({ text }) => `- ${text ?? ''}`)];
  const shown = (components ?? []).flatMap((component) => displayedTexts(component.toJSON()));
  return [content ?? '', ...shown, ...asked].filter((text): text is string => Boolean(text)).join('\n');
}

/** The texts of a message that consists of components. */
function displayedTexts(component: unknown): string[] {
  if (typeof component !== 'object' || component === null) return [];
  const { type, content, components } = component as {
    type?: unknown;
    content?: unknown;
    components?: unknown;
  };
  if (type === ComponentType.TextDisplay && typeof content === 'string') return [content];
  return Array.isArray(components) ? components.flatMap(displayedTexts) : [];
}

function recordedEmbed({ data }: Embed): RecordedEmbed {
  const { title, url, description, author, fields, footer, timestamp, color, image, thumbnail, video } = data;
  const picture = image?.url ?? thumbnail?.url ?? video?.url;
  return {
    ...(title !== undefined && { title: plainText(title) }),
    ...(url !== undefined && { url: plainText(url) }),
    ...(description !== undefined && { description: plainText(description) }),
    ...(author !== undefined && { author: plainText(author.name) }),
    ...(author?.url !== undefined && { authorUrl: plainText(author.url) }),
    ...(fields !== undefined && {
      fields: fields.map(({ name, value }) => ({ name: plainText(name), value: plainText(value) })),
    }),
    ...(footer !== undefined && { footer: plainText(footer.text) }),
    ...(timestamp !== undefined && { at: timestamp }),
    ...(color !== undefined && { color }),
    ...(picture !== undefined && { image: plainText(picture) }),
  };
}

function recordedFile({ id, name, url, contentType, size }: Attachment): NewFile {
  return { attachmentId: id, name, url, contentType, bytes: size };
}
