import { setTimeout as sleep } from 'node:timers/promises';
import { Settings } from '#lib/settings/settings';
import { systemClock } from '#lib/time/clock';
import type { SandboxGuild } from '../../../sandbox/people/guild.ts';
import type { Person } from '../../../sandbox/people/person.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile } from '../statistics.ts';
import { inWorld, type Server } from '../world.ts';
import { freshCaches } from '../../setup/caches.ts';

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 120_000;
/** A channel is usable once its member reads the message with the buttons. */
const READY = 'Ticket';

interface Opened {
  /** From the command until the channel can be used, in ms. */
  readonly times: number[];
  /** Requests of the bot to Discord in all. */
  readonly requests: number;
}

/** Lets members open a ticket each. @param at once or one after the other. */
async function openTickets(server: Server, count: number, at: 'once' | 'a time'): Promise<Opened> {
  let guild: SandboxGuild | undefined;
  return inWorld(
    {
      server,
      plant: (sandbox) => {
        guild = sandbox.createGuild({
          name: 'Bench',
          owner: 'olivia',
          roles: [{ name: 'Support' }],
          members: Array.from({ length: count }, (_, index) => `member-${index}`),
          channels: [{ name: 'general' }, { name: 'threads' }],
        });
        for (const name of ['Help', 'More help']) guild.createChannel({ name, type: 'category' });
      },
    },
    async ({ sandbox, database }) => {
      if (guild === undefined || database === null) throw new Error('nothing was planted');
      const settings = new Settings({ db: database.db, clock: systemClock, caches: freshCaches() });
      const chosen = {
        'ticketbot.category_id': guild.channel('Help').id,
        'ticketbot.fallback_category_id': guild.channel('More help').id,
        'ticketbot.thread_channel_id': guild.channel('threads').id,
        'ticketbot.staff_role_id': guild.role('Support').id,
      } as const;
      for (const [key, value] of Object.entries(chosen))
        await settings.change({
          guildId: guild.id,
          key: key as keyof typeof chosen,
          value,
          changedBy: guild.owner.id,
        });
      const planted = guild;
      const people = Array.from({ length: count }, (_, index) => planted.member(`member-${index}`));
      const before = sandbox.requests.length;
      const times: number[] = [];
      if (at === 'once') await Promise.all(people.map((person) => open(planted, person, times)));
      else for (const person of people) await open(planted, person, times);
      return { times, requests: sandbox.requests.length - before };
    },
  );
}

async function open(guild: SandboxGuild, person: Person, times: number[]): Promise<void> {
  const begun = performance.now();
  const reply = await person.runs('/ticket', { description: 'My key does not work' });
  // With many at once a channel may come before the bot has got round to saying so.
  if (reply.failed?.includes('is thinking') === false) throw new Error(`${person.name}: ${reply.failed}`);
  const isUsable = (): boolean =>
    [...guild.channels, ...guild.threads]
      .filter(({ name }) => name.startsWith('ticket-') && name.endsWith(`-${person.name}`))
      .some(({ id }) => person.sees({ id }).some(({ text }) => text.includes(READY)));
  while (!isUsable()) {
    if (performance.now() - begun > PATIENCE_MS)
      throw new Error(`${person.name} has no ticket: ${reply.text}`);
    await sleep(LOOK_EVERY_MS);
  }
  times.push(performance.now() - begun);
}

/** How long members wait for their tickets. */
export const tickets: Measurement = {
  name: 'tickets',
  async run({ server, isQuick }) {
    const [few, many] = isQuick ? [10, 40] : [50, 200];
    const [alone, together] = [[], []] as [Opened[], Opened[]];
    for (let run = 0; run < (isQuick ? 1 : 3); run += 1) {
      alone.push(await openTickets(server, few, 'a time'));
      together.push(await openTickets(server, many, 'once'));
    }
    const rows = (what: string, opened: readonly Opened[]): Row[] =>
      [0.5, 0.99].map((part) => ({
        what: `${what}, p${part * 100}`,
        unit: 'ms',
        figure: figureOf(opened.map(({ times }) => percentile(times, part))),
        bare: null,
      }));
    return [
      ...rows('a ticket, from the command to its channel', alone),
      {
        what: 'requests to Discord for a ticket',
        unit: '',
        figure: figureOf(alone.map(({ requests }) => requests / few)),
        bare: null,
      },
      ...rows(`${many} members who open a ticket at once, to its channel`, together),
    ];
  },
};
