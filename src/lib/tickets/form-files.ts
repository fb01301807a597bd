import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { FormFile } from './form.ts';
import type { Ticket } from './ticket.ts';

/** Writes down the files that came with a form, to be fetched before their links expire. */
export async function addFormFiles(
  trx: Transaction<DB>,
  { id, guildId, userId }: Pick<Ticket, 'id' | 'guildId' | 'userId'>,
  files: readonly FormFile[],
  now: Date,
): Promise<void> {
  if (files.length === 0) return;
  await trx
    .insertInto('ticket_files')
    .values(
      files.map(({ attachmentId, name, url, contentType, bytes }) => ({
        guild_id: guildId,
        ticket_id: id,
        attachment_id: attachmentId,
        user_id: userId,
        name,
        content_type: contentType,
        bytes: String(bytes),
        url,
        due_at: now,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
