import { z } from 'zod';
import { instant, pageEnd, pageQuery, rowId, rowNumber, snowflake } from '#lib/http/shapes';
import { eventKinds } from '../events.ts';
import { LIST_STATUSES } from '../list/filter.ts';
import { ticketStatuses } from '../status.ts';

const person = z.string().meta({ description: 'A person; "0" when their data was erased.' });

const listed = {
  id: rowId,
  user_id: person,
  category_id: rowId.nullable().meta({ description: 'Null: the general kind.' }),
  status: z.enum(ticketStatuses),
  channel_id: z.string().nullable().meta({ description: 'Null until it is made, and once it is gone.' }),
  claimed_by: person.nullable(),
  created_at: instant,
  last_activity_at: instant,
};

export const listedTicket = z
  .object({ ...listed, about: z.string().meta({ description: 'The beginning of what it is about.' }) })
  .meta({ id: 'ListedTicket' });

export const ticketPage = z.object({ tickets: z.array(listedTicket), ...pageEnd }).meta({ id: 'TicketPage' });

export const ticketShape = z
  .object({
    ...listed,
    username: z.string().nullable(),
    description: z.string(),
    form: z
      .array(
        z.object({
          kind: z.enum(['short', 'paragraph', 'select', 'multiselect', 'file']),
          label: z.string(),
          values: z.array(z.string()).meta({ description: 'What was answered; of files their names.' }),
        }),
      )
      .meta({ description: 'What was asked and answered when it was opened.' }),
    claimed_at: instant.nullable(),
    escalated_to: z.string().nullable().meta({ description: 'The role that was called.' }),
    first_response_at: instant.nullable(),
    closed_at: instant.nullable(),
    closed_by: person.nullable().meta({ description: 'Null with `closed_at`: the bot.' }),
    close_reason: z.string().nullable(),
    archived_at: instant.nullable(),
    members: z.array(person).meta({ description: 'Who was let in besides.' }),
    events: z.array(
      z.object({
        kind: z.enum(eventKinds),
        actor_id: person.nullable().meta({ description: 'Null: the bot by itself.' }),
        from: z.enum(ticketStatuses).nullable(),
        to: z.enum(ticketStatuses).nullable(),
        member_id: person.nullable(),
        category_id: rowId.nullable(),
        reason: z.string().nullable(),
        at: instant,
      }),
    ),
  })
  .meta({ id: 'Ticket' });

export const listQuery = z.object({
  ...pageQuery,
  status: z
    .enum(LIST_STATUSES)
    .optional()
    .meta({ description: '`allOpen`, if left out: all in which somebody may still write.' }),
  user_id: snowflake.optional().meta({ description: 'Opened by this person.' }),
  claimed_by: snowflake.optional(),
});

export const transcriptQuery = z.object({
  format: z
    .enum(['html', 'json'])
    .optional()
    .meta({ description: 'If left out, what `Accept` asks for; else JSON.' }),
});

export const guildPath = z.object({ guild_id: snowflake });
export const ticketPath = z.object({ guild_id: snowflake, ticket_id: rowNumber });
