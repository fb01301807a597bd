import {
  PermissionFlagsBits,
  type GuildMember,
  type GuildTextBasedChannel,
  type MessageMentionOptions,
} from 'discord.js';

const ROLE = /<@&(\d{15,22})>/g;
const EVERYONE = /@(?:everyone|here)/;
/** Discord takes no more in one list. */
const ROLES_MAX = 100;

/** Who a text notifies when the bot sends it for a member, and whether it names somebody whom it does not notify. */
export interface Notified {
  readonly allowed: MessageMentionOptions;
  readonly isSilenced: boolean;
}

/** Notifies whom the member could notify themselves in that channel, and nobody else. */
export function notifiedBy(member: GuildMember, channel: GuildTextBasedChannel, text: string): Notified {
  const mayAll = channel.permissionsFor(member).has(PermissionFlagsBits.MentionEveryone);
  const named = [...new Set(Array.from(text.matchAll(ROLE), ([, id = '']) => id))];
  const roles = named
    .filter((id) => mayAll || channel.guild.roles.cache.get(id)?.mentionable === true)
    .slice(0, ROLES_MAX);
  return {
    allowed: { parse: mayAll ? ['users', 'everyone'] : ['users'], roles },
    isSilenced: roles.length < named.length || (!mayAll && EVERYONE.test(text)),
  };
}
