import { ComponentType, EmbedType, type Message, type TopLevelComponent } from 'discord.js';
import { readAnnouncement, SURE_CONFIDENCE, type Reading, type ReadingContext } from './read.ts';
import type { Post } from './post.ts';

/** A message of an announcements channel. */
export interface Posted {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly authorId: string;
  readonly postedAt: Date;
  readonly editedAt: Date | null;
  /** Whether it pinged everyone, which its author was allowed to. */
  readonly mentionsEveryone: boolean;
  readonly parts: readonly Post[];
}

/** What of a message can be read. @param withText whether a message without an embed counts. */
export function postedOf(message: Message<true>, withText: boolean): Posted {
  const embeds = message.embeds
    // What Discord adds for a link is not the author's.
    .filter(({ data }) => data.type === undefined || data.type === EmbedType.Rich)
    .map(({ title, description, fields, footer }): Post => ({
      ...(title !== null && { title }),
      ...(description !== null && { description }),
      ...(fields.length > 0 && { fields }),
      ...(footer !== null && { footer: footer.text }),
    }));
  const texts = [message.content, ...message.components.flatMap((component) => textsOf(component))].filter(
    (text) => text.trim() !== '',
  );
  const text = texts.join('\n');
  return {
    guildId: message.guildId,
    channelId: message.channelId,
    messageId: message.id,
    authorId: message.author.id,
    postedAt: message.createdAt,
    editedAt: message.editedAt,
    mentionsEveryone: message.mentions.everyone,
    parts: [...embeds, ...(text !== '' && (withText || message.components.length > 0) ? [{ text }] : [])],
  };
}

/** The text of Components V2, in order. */
function textsOf(component: TopLevelComponent): string[] {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return [component.content];
    case ComponentType.Section:
      return component.components.map(({ content }) => content);
    case ComponentType.Container:
      return component.components.flatMap((inner) => textsOf(inner));
    default:
      return [];
  }
}

/**
 * Reads all parts of a message: the surest that announces something; when none does, what was said of the first.
 * @returns the reading, and the part that it is of.
 */
export function readPosted(posted: Posted, context: ReadingContext): { reading: Reading; part: Post } {
  let best: { reading: Reading; part: Post } | null = null;
  for (const part of posted.parts) {
    const reading = readAnnouncement(part, context);
    if (best === null || isBetter(reading, best.reading)) best = { reading, part };
    if (reading.kind !== 'none' && reading.confidence >= SURE_CONFIDENCE) break;
  }
  return best ?? { reading: { kind: 'none', reason: 'empty', confidence: 0, evidence: [] }, part: {} };
}

function isBetter(reading: Reading, than: Reading): boolean {
  if (reading.kind === 'none') return false;
  return than.kind === 'none' || reading.confidence > than.confidence;
}
