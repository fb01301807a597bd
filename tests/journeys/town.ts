import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { DateTime } from 'luxon';
import { expect } from 'vitest';
import type { SandboxGuild } from '../../sandbox/people/guild.ts';
import type { Person } from '../../sandbox/people/person.ts';
import type { GuildSeed } from '../../sandbox/people/seeds.ts';
import { createMessage } from '../../sandbox/state/messages.ts';
import type { World } from '../setup/bot.ts';
import { eventually } from '../setup/eventually.ts';

/** A guild of the usual people. Each story takes one of its own, so that none meets what another left behind. */
export interface Town {
  readonly guild: SandboxGuild;
  /** Owns the guild. */
  readonly olivia: Person;
  /** May manage the server. */
  readonly ann: Person;
  /** May manage the server, and reads Dutch. */
  readonly niels: Person;
  /** Members. Sam reads Dutch. */
  readonly mia: Person;
  readonly sam: Person;
}

const ADMINS = 'Admins';

/** The town's channels: in some of them members or the bot may not write. */
const channels: GuildSeed['channels'] = [
  { name: 'general' },
  { name: 'events' },
  { name: 'news', type: 'announcement' },
  { name: 'lounge', type: 'voice' },
  {
    name: 'rules',
    overwrites: [
      { role: '@everyone', deny: ['SendMessages'] },
      { role: 'Alphapy', allow: ['SendMessages'] },
    ],
  },
  { name: 'readonly', overwrites: [{ role: 'Alphapy', deny: ['SendMessages', 'EmbedLinks'] }] },
  { name: 'log' },
];

/** A public message of the bot with a button "Go": one that an older version left, or whose id somebody copied. */
export function leaveButton({ sandbox }: World, guild: SandboxGuild, customId: string): { id: string } {
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: 'Go',
    custom_id: customId,
  };
  return createMessage(sandbox.world, guild.channel('general'), {
    authorId: sandbox.world.application.botId,
    components: [{ type: ComponentType.ActionRow, components: [button] }],
  });
}

/** Waits until the bot has heard what was just changed in a guild: events reach it in order. */
export async function botHears({ bot }: World, guild: SandboxGuild): Promise<void> {
  const { id } = guild.createRole({ name: 'the last change' });
  await eventually(() => expect(bot.client.guilds.cache.get(guild.id)?.roles.cache.has(id)).toBe(true));
}

/** The instant of a wall-clock time in Brussels, `2026-12-01T20:00`. */
export function brussels(local: string): Date {
  return DateTime.fromISO(local, { zone: 'Europe/Brussels' }).toJSDate();
}

/** How a person's client is told an instant that it shows in full: a date and a time in Brussels. */
export function full(local: string): string {
  return `<t:${brussels(local).getTime() / 1000}:F>`;
}

/** The number that the list offers for a name. */
export async function reminderNamed(person: Person, name: string): Promise<number> {
  const [found] = await person.autocompletes('/reminder_delete', { reminder: name }, 'reminder');
  if (found === undefined) throw new Error(`${person.name} is offered no reminder "${name}"`);
  return Number(found.value);
}

let towns = 0;

/** Builds a town; its bot is there from the next thing that somebody does. */
export function plantTown({ sandbox }: World, more: Partial<GuildSeed> = {}): Town {
  towns += 1;
  const guild = sandbox.createGuild({
    name: `Town ${towns}`,
    owner: 'olivia',
    roles: [{ name: ADMINS, permissions: ['ManageGuild', 'ManageRoles'], members: ['ann', 'niels'] }],
    members: ['mia', 'ann', { name: 'sam', locale: 'nl' }, { name: 'niels', locale: 'nl' }],
    channels,
    ...more,
  });
  const [olivia, ann, niels, mia, sam] = ['olivia', 'ann', 'niels', 'mia', 'sam'].map((name) =>
    guild.member(name),
  ) as [Person, Person, Person, Person, Person];
  return { guild, olivia, ann, niels, mia, sam };
}
