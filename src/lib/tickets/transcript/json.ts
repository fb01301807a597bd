import type { TranscriptDeps, TranscriptHead } from './head.ts';
import type { TranscriptFile, TranscriptMessage } from './source.ts';
import { storyOf } from './story.ts';

/** Raised when a reader of an older one would misunderstand it. */
export const TRANSCRIPT_VERSION = 1;

/** A transcript for programs, in pieces: one object with `version`, `ticket`, `form`, `events` and `messages`, as it is in the HTML. */
export async function* transcriptJson(
  deps: TranscriptDeps,
  head: TranscriptHead,
  forMember: string | null,
): AsyncGenerator<string> {
  const { ticket, events } = head;
  const about = {
    version: TRANSCRIPT_VERSION,
    made_at: head.madeAt.toISOString(),
    ticket: {
      id: ticket.id,
      guild_id: ticket.guildId,
      guild: head.guildName,
      category: head.category,
      user_id: ticket.userId,
      user: head.names.person(ticket.userId),
      description: ticket.description,
      status: ticket.status,
      created_at: ticket.createdAt.toISOString(),
      claimed_by: ticket.claimedBy,
      closed_at: ticket.closedAt?.toISOString() ?? null,
      closed_by: ticket.closedBy,
      close_reason: ticket.closeReason,
    },
    form: ticket.form,
    form_files: head.formFiles.map(fileOf),
    unreadable_messages: head.unreadable,
    events: events.map((event) => ({
      kind: event.kind,
      actor_id: event.actorId,
      from: event.from,
      to: event.to,
      member_id: event.memberId,
      category: event.categoryId === null ? null : (head.categoryNames.get(event.categoryId) ?? null),
      reason: event.reason,
      at: event.at.toISOString(),
    })),
  };
  yield `${JSON.stringify(about, null, 1).slice(0, -2)},\n "messages": [`;
  let separator = '\n';
  for await (const incident of storyOf(deps, head, forMember)) {
    if (incident.kind !== 'message') continue;
    yield `${separator}${JSON.stringify(messageOf(incident.message))}`;
    separator = ',\n';
  }
  yield '\n ]\n}\n';
}

function messageOf(message: TranscriptMessage): object {
  return {
    id: message.id,
    author_id: message.authorId,
    author: message.authorName,
    is_bot: message.isBot,
    is_staff: message.isStaff,
    content: message.content,
    embeds: message.embeds,
    stickers: message.stickers,
    files: message.files.map(fileOf),
    reply_to_id: message.replyTo?.id ?? null,
    earlier: message.earlier,
    sent_at: message.sentAt.toISOString(),
    edited_at: message.editedAt?.toISOString() ?? null,
    deleted_at: message.deletedAt?.toISOString() ?? null,
  };
}

function fileOf({ attachmentId, name, bytes, contentType, state, sha256 }: TranscriptFile): object {
  return { attachment_id: attachmentId, name, bytes, content_type: contentType, state, sha256 };
}
