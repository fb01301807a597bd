import type { APIAllowedMentions, APIEmbed } from 'discord-api-types/v10';
import type { AnswerContent } from '../state/interaction-answers.ts';
import type { MessageChanges } from '../state/messages.ts';
import type { ComponentData } from '../state/components.ts';
import { mediaOf, walkComponents } from '../state/components.ts';
import { addFile, LARGEST_FILE_BYTES, MOST_FILES } from '../state/files.ts';
import type { AttachmentRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import { findReferenced, isReference } from '../state/shown-content.ts';
import { entityTooLarge, invalidBody } from './errors.ts';
import type { RestRequest } from './router.ts';

/** The fields that all bodies of messages share, whichever route takes them. */
interface MessageBody {
  content?: string | null;
  embeds?: readonly APIEmbed[] | null;
  components?: readonly unknown[] | null;
  flags?: number | null;
  tts?: boolean;
  nonce?: string | number | null;
  enforce_nonce?: boolean;
  allowed_mentions?: APIAllowedMentions | null;
  attachments?: readonly AttachmentBody[] | null;
}

interface AttachmentBody {
  id?: string | number;
  filename?: string | null;
  description?: string | null;
}

/** A body as the content of a new message. */
export function contentFrom(body: unknown, attachments: AttachmentRecord[]): AnswerContent {
  const sent = (body ?? {}) as MessageBody;
  checkReferences(sent, attachments);
  return {
    content: sent.content,
    embeds: sent.embeds,
    components: sent.components,
    attachments,
    flags: sent.flags ?? 0,
    tts: sent.tts,
    nonce: sent.nonce,
    enforceNonce: sent.enforce_nonce,
    allowedMentions: sent.allowed_mentions ?? undefined,
  };
}

/** A body as changes of a message: what it does not name stays. */
export function changesFrom(
  body: unknown,
  added: AttachmentRecord[],
  before: readonly AttachmentRecord[] = [],
): MessageChanges {
  const sent = body as MessageBody;
  const kept = sent.attachments
    ? before.filter(({ id }) => sent.attachments?.some((attachment) => String(attachment.id) === id))
    : before;
  checkReferences(sent, [...kept, ...added]);
  return {
    ...(sent.content === undefined ? {} : { content: sent.content }),
    ...(sent.embeds === undefined ? {} : { embeds: sent.embeds }),
    ...(sent.components === undefined ? {} : { components: sent.components }),
    ...(sent.flags === undefined || sent.flags === null ? {} : { flags: sent.flags }),
    ...(sent.attachments === undefined && added.length === 0 ? {} : { attachments: [...kept, ...added] }),
    allowedMentions: sent.allowed_mentions ?? undefined,
  };
}

/** Takes the request's files in, with the names and descriptions that `attachments` gives them. */
export function attachFiles(
  { world, files }: RestRequest<unknown>,
  body: unknown,
  channel: Pick<ChannelRecord, 'id'>,
): AttachmentRecord[] {
  if (files.some(({ bytes }) => bytes.byteLength > LARGEST_FILE_BYTES)) throw entityTooLarge();
  if (files.length > MOST_FILES) {
    throw invalidBody('attachments', 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_FILES} or fewer in length.`);
  }
  const described = ((body ?? {}) as MessageBody).attachments ?? [];
  return files.map(({ id, filename, contentType, bytes }) => {
    const about = described.find((each) => String(each.id) === id);
    return addFile(world, {
      channelId: channel.id,
      filename: about?.filename ?? filename,
      contentType,
      bytes,
      description: about?.description,
    });
  });
}

/** A component can only show a file that is there. Embeds say nothing and leave it out. */
function checkReferences(sent: MessageBody, attachments: readonly AttachmentRecord[]): void {
  for (const component of walkComponents((sent.components ?? []) as ComponentData[])) {
    for (const { url } of mediaOf(component)) {
      if (!isReference(url) || findReferenced(attachments, url)) continue;
      throw invalidBody(
        'components',
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        `The referenced attachment '${url}' was not found`,
      );
    }
  }
}
