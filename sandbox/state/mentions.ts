import type { APIAllowedMentions } from 'discord-api-types/v10';
import { AllowedMentionsTypes, PermissionFlagsBits } from 'discord-api-types/v10';
import { channelPermissions, hasPermissions } from '../permissions.ts';
import type { ComponentData } from './components.ts';
import { walkComponents } from './components.ts';
import type { ChannelRecord } from './channel-records.ts';
import type { World } from './world.ts';

export interface Mentions {
  users: string[];
  roles: string[];
  everyone: boolean;
}

export interface MentionInput {
  authorId: string;
  content: string;
  components: readonly ComponentData[];
  allowed: APIAllowedMentions | undefined;
  repliedUserId: string | null;
}

/** Whom a message really notifies: what its text says, what it allows, what its author may. Embeds notify nobody. */
export function findMentions(world: World, channel: ChannelRecord, input: MentionInput): Mentions {
  const text = withoutCode(textOf(input));
  const { allowed } = input;
  const mayMentionAll = mayMentionEveryone(world, channel, input.authorId);

  const users = unique(text, /<@!?(\d+)>/g).filter(
    (id) => world.users.has(id) && isAllowed(allowed, AllowedMentionsTypes.User, allowed?.users, id),
  );
  if (
    input.repliedUserId &&
    (allowed ? allowed.replied_user === true : true) &&
    !users.includes(input.repliedUserId)
  ) {
    users.push(input.repliedUserId);
  }

  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  const roles = unique(text, /<@&(\d+)>/g).filter((id) => {
    const role = guild?.roles.get(id);
    if (!role || !isAllowed(allowed, AllowedMentionsTypes.Role, allowed?.roles, id)) return false;
    return role.mentionable || mayMentionAll;
  });

  const everyoneAllowed = allowed ? (allowed.parse?.includes(AllowedMentionsTypes.Everyone) ?? false) : true;
  return { users, roles, everyone: everyoneAllowed && mayMentionAll && /@(?:everyone|here)/.test(text) };
}

function textOf({ content, components }: MentionInput): string {
  const shown = [...walkComponents(components)].flatMap(({ content }) =>
    typeof content === 'string' ? [content] : [],
  );
  return [content, ...shown].join('\n');
}

/** Discord notifies nobody from inside code. */
function withoutCode(text: string): string {
  return text.replaceAll(/```[\s\S]*?```|``[\s\S]*?``|`[^`]*`/g, ' ');
}

function isAllowed(
  allowed: APIAllowedMentions | undefined,
  kind: AllowedMentionsTypes,
  listed: readonly string[] | undefined,
  id: string,
): boolean {
  if (!allowed) return true;
  return (allowed.parse?.includes(kind) ?? false) || (listed?.includes(id) ?? false);
}

function mayMentionEveryone(world: World, channel: ChannelRecord, authorId: string): boolean {
  // A webhook is no member: nothing but its allowed mentions holds it back.
  if (world.webhooks.has(authorId)) return true;
  if (channel.guildId === null) return false;
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(authorId);
  if (!guild || !member) return false;
  const held = channelPermissions(guild, member, channel, world.clock.now());
  return hasPermissions(held, PermissionFlagsBits.MentionEveryone);
}

function unique(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(([, id]) => (id ? [id] : [])))];
}
