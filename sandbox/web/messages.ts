import { serialiseAuthor } from '../state/authors.ts';
import { serialiseMessage } from '../state/message-payloads.ts';
import type { GuildRecord, MessageRecord } from '../state/records.ts';
import type { ChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { nameOfMember, nameOfUser, toPageMember } from './people.ts';
import type { PageMember, PageMessage } from './protocol.ts';

/** A message as one person sees it. */
export function toPageMessage(
  world: World,
  guild: GuildRecord,
  channel: ChannelRecord,
  message: MessageRecord,
  reader: string,
): PageMessage {
  const member = guild.members.get(reader);
  return {
    message: serialiseMessage(world, channel, message),
    revision: message.revision,
    author: authorOf(world, guild, message),
    ephemeral: message.ephemeralTo !== null,
    isMine: message.authorId === reader,
    mentionsMe:
      message.authorId !== reader &&
      (message.mentionsEveryone ||
        message.mentionedUsers.includes(reader) ||
        message.mentionedRoles.some((role) => member?.roles.has(role))),
    names: namesIn(world, guild, message),
  };
}

function authorOf(world: World, guild: GuildRecord, message: MessageRecord): PageMember {
  const member = guild.members.get(message.authorId);
  if (member) return toPageMember(world, guild, member);
  const { id, username, global_name: displayName, bot } = serialiseAuthor(world, message);
  return { id, name: displayName ?? username, color: null, isBot: bot ?? false };
}

const MENTION = /<(@!?|@&|#)(\d+)>/g;

/** The names of all that is mentioned anywhere in a message, for the client knows them. */
function namesIn(world: World, guild: GuildRecord, message: MessageRecord): Record<string, string> {
  const names: Record<string, string> = {};
  const text = JSON.stringify([message.content, message.embeds, message.components]);
  for (const [, sign = '', id = ''] of text.matchAll(MENTION)) {
    const name = nameOf(world, guild, sign, id);
    if (name !== undefined) names[`${sign.replace('!', '')}${id}`] = name;
  }
  return names;
}

function nameOf(world: World, guild: GuildRecord, sign: string, id: string): string | undefined {
  if (sign === '@&') return guild.roles.get(id)?.name;
  if (sign === '#') {
    const channel = world.channels.get(id);
    return channel && channel.guildId !== null ? channel.name : undefined;
  }
  const member = guild.members.get(id);
  if (member) return nameOfMember(world, member);
  const user = world.users.get(id);
  return user && nameOfUser(user);
}
