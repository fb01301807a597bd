import type { APIAllowedMentions, APIAttachment, APIEmbed } from 'discord-api-types/v10';
import type { AnswerContent } from '../state/interaction-answers.ts';
import type { MessageChanges } from '../state/messages.ts';
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
export function contentFrom(body: unknown, attachments: APIAttachment[]): AnswerContent {
  const sent = (body ?? {}) as MessageBody;
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
  added: APIAttachment[],
  before: readonly APIAttachment[] = [],
): MessageChanges {
  const sent = body as MessageBody;
  const kept = sent.attachments
    ? before.filter(({ id }) => sent.attachments?.some((attachment) => String(attachment.id) === id))
    : before;
  return {
    ...(sent.content === undefined ? {} : { content: sent.content }),
    ...(sent.embeds === undefined ? {} : { embeds: sent.embeds }),
    ...(sent.components === undefined ? {} : { components: sent.components }),
    ...(sent.flags === undefined || sent.flags === null ? {} : { flags: sent.flags }),
    ...(sent.attachments === undefined && added.length === 0 ? {} : { attachments: [...kept, ...added] }),
    allowedMentions: sent.allowed_mentions ?? undefined,
  };
}

/** The request's files as attachments, with the names and descriptions that `attachments` gives them. */
export function attachFiles({ world, files }: RestRequest<unknown>, body: unknown): APIAttachment[] {
  const described = ((body ?? {}) as MessageBody).attachments ?? [];
  return files.map((file) => {
    const about = described.find(({ id }) => String(id) === file.id);
    const id = world.snowflakes.next();
    const filename = about?.filename ?? file.filename;
    const url = `${world.baseUrl}/attachments/${id}/${encodeURIComponent(filename)}`;
    return {
      id,
      filename,
      size: file.bytes.byteLength,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(about?.description ? { description: about.description } : {}),
    };
  });
}
