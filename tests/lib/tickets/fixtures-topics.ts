import { expect } from 'vitest';
import type { Person } from '../../../sandbox/people/person.ts';
import type { Database } from '#lib/database/database';
import { changeTicket } from '#lib/tickets/changes';
import { readTicket, type Ticket } from '#lib/tickets/ticket';
import { writeTicket } from '#lib/tickets/write';
import { botHears, plantTown, type Town } from '../../journeys/town.ts';
import type { World } from '../../setup/bot.ts';

const IDLE_DAYS = { warn: 5, close: 14 };

interface Writer {
  readonly id: string;
  readonly name: string;
}

/** Writes a ticket down. */
export async function openTicket(
  db: Database,
  guildId: string,
  opener: Writer,
  description: string,
  now: Date,
): Promise<Ticket> {
  const opened = await writeTicket(
    db,
    {
      guildId,
      userId: opener.id,
      username: opener.name,
      categoryId: null,
      description,
      form: [],
      originChannelId: null,
      originMessageId: null,
    },
    { openLimit: 10, idleDays: IDLE_DAYS, now },
  );
  if (!('ticket' in opened)) throw new Error(`${opener.name} has too many open`);
  return opened.ticket;
}

/** A town where tickets are opened, answered and closed. */
export interface HelpTown extends Town {
  /** Staff without Manage Server. Tom reads Dutch. */
  readonly sue: Person;
  readonly tom: Person;
  opens(person: Person, description: string): Promise<Ticket>;
  says(ticket: Ticket, person: Person, content: string): Promise<void>;
  /** Closes it and lets the bot do what follows. */
  closes(ticket: Ticket, reason?: string, meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Opens, answers and closes one. */
  helps(person: Person, description: string, answer: string): Promise<Ticket>;
}

/** Builds it. @param language of what everybody reads. */
export async function plantHelpTown(world: World, language: 'en-US' | 'nl' = 'en-US'): Promise<HelpTown> {
  const town = plantTown(world, {
    roles: [
      { name: 'Admins', permissions: ['ManageGuild'], members: ['ann', 'niels'] },
      { name: 'Support', members: ['sue', 'tom'] },
    ],
    members: [
      'mia',
      'ann',
      'sue',
      { name: 'sam', locale: 'nl' },
      { name: 'niels', locale: 'nl' },
      { name: 'tom', locale: 'nl' },
    ],
  });
  const { guild, olivia } = town;
  const { db } = world.database;
  guild.createChannel({ name: 'Help', type: 'category' });
  await botHears(world, guild);
  const settings = {
    'system.log_channel_id': '#log',
    'ticketbot.category_id': 'Help',
    'ticketbot.staff_role_id': '@Support',
    ...(language === 'nl' && { 'system.language': 'nl' }),
  };
  for (const [setting, value] of Object.entries(settings)) {
    const reply = await olivia.runs('/config set', { setting, value });
    if (!/now|nu/.test(reply.text)) throw new Error(`${setting}: ${reply.text}`);
  }
  const [sue, tom] = ['sue', 'tom'].map((name) => guild.member(name)) as [Person, Person];
  const opens = async (person: Person, description: string): Promise<Ticket> => {
    const { id } = await openTicket(db, guild.id, person, description, world.clock.now());
    await world.advance(6_000);
    const ticket = await readTicket(db, guild.id, id);
    if (ticket === undefined || ticket.channelId === null) throw new Error('it has no channel');
    return ticket;
  };
  const says = async (ticket: Ticket, person: Person, content: string): Promise<void> => {
    const { id } = person.writes(`ticket-${ticket.id}-${ticket.username}`, content);
    const kept = (): Promise<unknown> =>
      db.selectFrom('ticket_messages').select('message_id').where('message_id', '=', id).executeTakeFirst();
    await expect.poll(kept).toBeDefined();
  };
  const closes: HelpTown['closes'] = async (ticket, reason, meanwhile) => {
    await changeTicket(
      db,
      {
        guildId: guild.id,
        ticketId: ticket.id,
        actorId: sue.id,
        now: world.clock.now(),
        idleDays: IDLE_DAYS,
      },
      { do: 'close', reason: reason ?? null },
    );
    await meanwhile?.();
    // First what was said is read, then it is summed up, then a topic may be posted.
    for (let step = 0; step < 3; step += 1) await world.advance(6_000);
  };
  return {
    ...town,
    sue,
    tom,
    opens,
    says,
    closes,
    async helps(person, description, answer) {
      const ticket = await opens(person, description);
      await says(ticket, sue, answer);
      await closes(ticket);
      return ticket;
    },
  };
}

/** What a ticket's channel is called once it is closed. */
export function closedChannel({ id, username }: Ticket): string {
  return `closed-${id}-${username}`;
}
