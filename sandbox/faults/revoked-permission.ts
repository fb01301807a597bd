import { OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { PermissionName } from '../permissions.ts';
import { channelPermissions, guildPermissions, hasPermissions } from '../permissions.ts';
import { removeOverwrite, setOverwrite } from '../state/channels.ts';
import type { GuildRecord, MemberRecord } from '../state/records.ts';
import type { GuildChannelRecord } from '../state/channel-records.ts';
import { updateRole } from '../state/roles.ts';
import type { World } from '../state/world.ts';
import { botMember, channelsOf } from '../state/world.ts';

interface Revocation {
  readonly permission: PermissionName;
  /** Left out, in the whole guild. */
  readonly channelId?: string | undefined;
}

/**
 * Takes a permission from the bot; the result gives back what was taken.
 * @throws Error with a sentence for people when the bot does not have it, or cannot lose it.
 */
export function revokePermission(
  world: World,
  guild: GuildRecord,
  { permission, channelId }: Revocation,
): () => void {
  const bot = botMember(world, guild);
  if (!bot) throw new Error('The bot is not in this server.');
  const isAdministrator = hasPermissions(held(world, guild, bot), P.Administrator);
  if (isAdministrator && (permission !== 'Administrator' || channelId !== undefined))
    throw new Error('An administrator has every permission. Take Administrator in the whole server first.');
  const all = channelsOf(world, guild.id);
  const channels = channelId === undefined ? all : all.filter(({ id }) => id === channelId);
  const bit = P[permission];
  const holds = (channel: GuildChannelRecord): boolean =>
    hasPermissions(channelPermissions(guild, bot, channel, world.clock.now()), bit);
  const hasIt = channelId === undefined && hasPermissions(held(world, guild, bot), bit);
  if (!hasIt && !channels.some(holds)) throw new Error(`The bot does not have ${permission} here.`);

  const giveBackRoles = channelId === undefined ? takeFromRoles(world, guild, bot, bit) : () => undefined;
  const giveBackChannels = denyIn(world, bot, channels.filter(holds), bit);
  return () => {
    giveBackRoles();
    giveBackChannels();
  };
}

function held(world: World, guild: GuildRecord, bot: MemberRecord): bigint {
  return guildPermissions(guild, bot, world.clock.now());
}

/** Not from @everyone, which is for people as well. */
function takeFromRoles(world: World, guild: GuildRecord, bot: MemberRecord, bit: bigint): () => void {
  const roles = [...guild.roles.values()].filter(
    (role) => bot.roles.has(role.id) && hasPermissions(role.permissions, bit),
  );
  for (const role of roles) updateRole(world, role, { permissions: role.permissions & ~bit });
  return () => {
    for (const role of roles) {
      if (guild.roles.has(role.id)) updateRole(world, role, { permissions: role.permissions | bit });
    }
  };
}

/** By an overwrite for the bot itself, for that of its role yields to what another role allows. */
function denyIn(
  world: World,
  bot: MemberRecord,
  channels: readonly GuildChannelRecord[],
  bit: bigint,
): () => void {
  const allowed = new Set(
    channels.filter(({ overwrites }) => ((overwrites.get(bot.id)?.allow ?? 0n) & bit) !== 0n),
  );
  for (const channel of channels) {
    const { allow, deny } = channel.overwrites.get(bot.id) ?? { allow: 0n, deny: 0n };
    const overwrite = { id: bot.id, type: OverwriteType.Member, allow: allow & ~bit, deny: deny | bit };
    setOverwrite(world, channel, overwrite);
  }
  return () => {
    for (const channel of channels) {
      const overwrite = channel.overwrites.get(bot.id);
      if (!world.channels.has(channel.id) || overwrite === undefined) continue;
      const allow = allowed.has(channel) ? overwrite.allow | bit : overwrite.allow;
      const deny = overwrite.deny & ~bit;
      if (allow === 0n && deny === 0n) removeOverwrite(world, channel, bot.id);
      else setOverwrite(world, channel, { ...overwrite, allow, deny });
    }
  };
}
