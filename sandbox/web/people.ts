import { Locale, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { compareRoles, guildPermissions, hasPermissions } from '../permissions.ts';
import type { GuildRecord, MemberRecord, RoleRecord, UserRecord } from '../state/records.ts';
import { requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';
import type { PageMember, PageMemberGroup, PagePerson } from './protocol.ts';

/** How many of a group are named; Discord too loads a long list only in parts. */
const NAMED_IN_GROUP = 100;
/** How many people the switch offers; in a large guild the list of members leads to the others. */
const CAST_SIZE = 25;

export function nameOfUser(user: UserRecord): string {
  return user.displayName ?? user.username;
}

export function nameOfMember(world: World, member: MemberRecord): string {
  return member.nick ?? nameOfUser(requireUser(world, member.id));
}

export function hexColor(color: number): string | null {
  return color === 0 ? null : `#${color.toString(16).padStart(6, '0')}`;
}

/** The person's roles from the highest to the lowest, without @everyone. */
export function rolesOf(guild: GuildRecord, member: MemberRecord): RoleRecord[] {
  return [...member.roles].flatMap((id) => guild.roles.get(id) ?? []).sort(compareRoles);
}

export function toPageMember(world: World, guild: GuildRecord, member: MemberRecord): PageMember {
  const colored = rolesOf(guild, member).find(({ color }) => color !== 0);
  return {
    id: member.id,
    name: nameOfMember(world, member),
    color: colored ? hexColor(colored.color) : null,
    isBot: requireUser(world, member.id).bot,
  };
}

/** Members as Discord lists them: under the highest role that is shown apart, by name. */
export function memberGroups(world: World, guild: GuildRecord): PageMemberGroup[] {
  const groups = new Map<string, MemberRecord[]>();
  const hoisted = [...guild.roles.values()].filter(({ hoist }) => hoist).sort(compareRoles);
  for (const role of hoisted) groups.set(role.id, []);
  groups.set(guild.id, []);
  for (const member of guild.members.values()) {
    const role = hoisted.find(({ id }) => member.roles.has(id));
    groups.get(role?.id ?? guild.id)?.push(member);
  }
  return [...groups].flatMap(([id, members]) => {
    if (members.length === 0) return [];
    const named = members
      .map((member) => ({ member, name: nameOfMember(world, member) }))
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, NAMED_IN_GROUP);
    return {
      title: id === guild.id ? 'Members' : (guild.roles.get(id)?.name ?? ''),
      count: members.length,
      members: named.map(({ member }) => toPageMember(world, guild, member)),
    };
  });
}

/** Who one can be, the owner first and then in the order of joining; whoever is `me` is always among them. */
export function castOf(world: World, guild: GuildRecord, me: string): PagePerson[] {
  const people = [...guild.members.values()].filter(({ id }) => world.users.get(id)?.bot === false);
  const first = people.filter(({ id }) => id === guild.ownerId || id === me);
  const rest = people.filter((member) => !first.includes(member));
  return [...first.sort((a) => (a.id === guild.ownerId ? -1 : 1)), ...rest]
    .slice(0, CAST_SIZE)
    .map((member) => toPerson(world, guild, member));
}

function toPerson(world: World, guild: GuildRecord, member: MemberRecord): PagePerson {
  return { id: member.id, name: nameOfMember(world, member), about: aboutMember(world, guild, member) };
}

function aboutMember(world: World, guild: GuildRecord, member: MemberRecord): string {
  const held = guildPermissions(guild, member, world.clock.now());
  const roles = rolesOf(guild, member).map(({ name }) => name);
  const { locale } = requireUser(world, member.id);
  const words = [
    member.id === guild.ownerId ? 'the owner' : hasPermissions(held, P.ManageGuild) ? 'an admin' : '',
    ...roles.filter((role) => role.toLowerCase() !== 'admin'),
    locale === Locale.EnglishUS
      ? ''
      : `Discord in ${new Intl.DisplayNames('en', { type: 'language' }).of(locale)}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? 'no role' : words.join(', ');
}
