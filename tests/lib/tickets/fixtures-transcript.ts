import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Insertable } from 'kysely';
import type { TicketMessages } from '#db/types';
import type { Database } from '#lib/database/database';
import { pathOfFile } from '#lib/tickets/files/download';
import type { Ticket } from '#lib/tickets/ticket';
import { AT } from './fixtures-record.ts';

type Said = Partial<
  Omit<Insertable<TicketMessages>, 'embeds' | 'stickers' | 'earlier' | 'guild_id' | 'ticket_id'>
> & {
  readonly embeds?: readonly unknown[];
  readonly stickers?: readonly string[];
  readonly earlier?: readonly unknown[];
};

let messages = 0;

/** Puts what was said into a ticket, a minute apart. @returns the ids. */
export async function putMessages(db: Database, ticket: Ticket, said: readonly Said[]): Promise<string[]> {
  const rows = said.map(({ embeds = [], stickers = [], earlier = [], ...more }) => {
    messages += 1;
    return {
      message_id: String(1_000_000_000_000_000n + BigInt(messages)),
      guild_id: ticket.guildId,
      ticket_id: ticket.id,
      author_id: '1',
      author_name: 'Mia',
      is_bot: false,
      is_staff: false,
      content: '',
      sent_at: new Date(AT.getTime() + messages * 60_000),
      ...more,
      embeds: JSON.stringify(embeds),
      stickers: JSON.stringify(stickers),
      earlier: JSON.stringify(earlier),
    };
  });
  for (let start = 0; start < rows.length; start += 1_000)
    await db
      .insertInto('ticket_messages')
      .values(rows.slice(start, start + 1_000))
      .execute();
  return rows.map(({ message_id: id }) => id);
}

/** Puts a kept file into a ticket, bytes and all. */
export async function putFile(
  db: Database,
  ticket: Ticket,
  directory: string,
  file: { readonly name: string; readonly bytes: Buffer; readonly messageId: string | null },
): Promise<void> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const place = pathOfFile(directory, sha256);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, file.bytes);
  messages += 1;
  await db
    .insertInto('ticket_files')
    .values({
      guild_id: ticket.guildId,
      ticket_id: ticket.id,
      message_id: file.messageId,
      attachment_id: String(messages),
      user_id: '1',
      name: file.name,
      bytes: String(file.bytes.length),
      url: 'https://cdn.discordapp.com/gone',
      sha256,
      state: 'stored',
      created_at: AT,
    })
    .execute();
}
