import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { plainText } from '#lib/text/sanitize';
import type { Ticket } from '../ticket.ts';
import { refusalOf } from './types.ts';

/** An attachment as Discord tells of it. */
export interface NewFile {
  readonly attachmentId: string;
  readonly name: string;
  readonly url: string;
  readonly contentType: string | null;
  readonly bytes: number;
}

interface FilesOwner {
  readonly guildId: string;
  readonly ticketId: number;
  /** Null: given with the form. */
  readonly messageId: string | null;
  readonly userId: string;
}

const NAME_MAX = 256;

/** Writes down the files of messages and forms, to be fetched; of known ones the newer link. */
export async function addFiles(
  trx: Transaction<DB>,
  files: readonly (NewFile & FilesOwner)[],
  now: Date,
): Promise<void> {
  if (files.length === 0) return;
  await trx
    .insertInto('ticket_files')
    .values(
      files.map((file) => {
        const refusal = refusalOf(file);
        return {
          guild_id: file.guildId,
          ticket_id: file.ticketId,
          message_id: file.messageId,
          attachment_id: file.attachmentId,
          user_id: file.userId,
          name: plainText(file.name).slice(0, NAME_MAX),
          content_type: file.contentType === null ? null : plainText(file.contentType).slice(0, NAME_MAX),
          bytes: String(file.bytes),
          url: file.url,
          state: refusal ?? 'due',
          due_at: refusal === null ? now : null,
          created_at: now,
        };
      }),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['ticket_id', 'attachment_id'])
        .doUpdateSet((eb) => ({ url: eb.ref('excluded.url') }))
        .where('ticket_files.state', '=', 'due'),
    )
    .execute();
}

/** Writes down the files that were given with a ticket's form. */
export async function addFormFiles(
  trx: Transaction<DB>,
  { guildId, id, userId }: Pick<Ticket, 'guildId' | 'id' | 'userId'>,
  files: readonly NewFile[],
  now: Date,
): Promise<void> {
  await addFiles(
    trx,
    files.map((file) => ({ ...file, guildId, ticketId: id, messageId: null, userId })),
    now,
  );
}
