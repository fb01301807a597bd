import type { Person } from '../../sandbox/people/person.ts';
import type { GuildSeed } from '../../sandbox/people/seeds.ts';
import type { World } from '../setup/bot.ts';
import { idleDaysOf } from '#lib/tickets/idle-days';
import { readTicket, type Ticket } from '#lib/tickets/ticket';
import { writeTicket } from '#lib/tickets/write';
import { botHears, plantTown, type Town } from './town.ts';

/** A town with a place for tickets and people who handle them; none of them is an admin. */
export interface TicketTown extends Town {
  /** Staff. Tom reads Dutch. */
  readonly sue: Person;
  readonly tom: Person;
  /** Has the role to which tickets are escalated. */
  readonly eve: Person;
  /** What became of a member's wish; undefined when the ticket was taken back. */
  tries(person: Person, description: string): Promise<Ticket | undefined>;
  /** A ticket of a member's, in a channel of its own. */
  opens(person: Person, description: string): Promise<Ticket>;
  ticket(id: number): Promise<Ticket>;
}

const SETTINGS = {
  'system.log_channel_id': '#log',
  'ticketbot.category_id': 'Help',
  'ticketbot.staff_role_id': '@Support',
  'ticketbot.escalation_role_id': '@Experts',
};

/** Builds it, and sets tickets up as an admin would. */
export async function plantTicketTown(world: World, more: Partial<GuildSeed> = {}): Promise<TicketTown> {
  const town = plantTown(world, {
    roles: [
      { name: 'Admins', permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] },
      { name: 'Support', members: ['sue', 'tom'] },
      { name: 'Experts', members: ['eve'] },
    ],
    members: [
      'mia',
      'ann',
      'sue',
      'eve',
      { name: 'sam', locale: 'nl' },
      { name: 'niels', locale: 'nl' },
      { name: 'tom', locale: 'nl' },
    ],
    ...more,
  });
  const { guild, olivia } = town;
  guild.createChannel({ name: 'Help', type: 'category' });
  guild.createChannel({ name: 'More help', type: 'category' });
  guild.createChannel({ name: 'quiet-corner' });
  await botHears(world, guild);
  for (const [setting, value] of Object.entries(SETTINGS)) {
    const reply = await olivia.runs('/config set', { setting, value });
    if (!reply.text.includes('now')) throw new Error(`${setting}: ${reply.text}`);
  }
  const [sue, tom, eve] = ['sue', 'tom', 'eve'].map((name) => guild.member(name)) as [Person, Person, Person];
  const ticket = async (id: number): Promise<Ticket> => {
    const found = await readTicket(world.database.db, guild.id, id);
    if (found === undefined) throw new Error(`there is no ticket ${id}`);
    return found;
  };
  const tries = async (person: Person, description: string): Promise<Ticket | undefined> => {
    const opened = await writeTicket(
      world.database.db,
      {
        guildId: guild.id,
        userId: person.id,
        username: person.name,
        categoryId: null,
        description,
        form: [],
        originChannelId: null,
        originMessageId: null,
      },
      { openLimit: 1, idleDays: idleDaysOf(new Map()), now: world.clock.now() },
    );
    if (!('ticket' in opened)) throw new Error(`${person.name} has one open already`);
    await world.advance(10_000);
    return readTicket(world.database.db, guild.id, opened.ticket.id);
  };
  return {
    ...town,
    sue,
    tom,
    eve,
    ticket,
    tries,
    async opens(person, description) {
      const found = await tries(person, description);
      if (found === undefined || found.channelId === null) throw new Error(`${person.name} has no ticket`);
      return found;
    },
  };
}

/** The name of a ticket's channel for {@link Person.sees}. */
export function channelOf({ id, username }: Ticket, state: 'ticket' | 'closed' = 'ticket'): string {
  return `${state}-${id}-${username}`;
}
