import type {
  RESTPatchAPIGuildChannelPositionsJSONBody,
  RESTPostAPIGuildChannelJSONBody,
} from 'discord-api-types/v10';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { guildPermissions } from '../../permissions.ts';
import { isThread } from '../../state/channel-types.ts';
import { createChannel, MOST_CHANNELS, serialiseGuildChannel, updateChannel } from '../../state/channels.ts';
import { serialiseGuild } from '../../state/guilds.ts';
import type { GuildChannelType } from '../../state/channel-records.ts';
import { channelsOf } from '../../state/world.ts';
import { demandInGuild, reachGuild } from '../access.ts';
import { DiscordError, missingPermissions, unknownChannel } from '../errors.ts';
import { toTags } from '../forum-tags.ts';
import type { OverwriteBody } from '../overwrite-bodies.ts';
import { checkMaySetOverwrites, toOverwrite } from '../overwrite-bodies.ts';
import type { Route } from '../router.ts';
import { created, noContent, ok, route } from '../router.ts';
import { checkParent } from './channels.ts';

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/{guild}', ({ world, parameters, query }) => {
    const { guild } = reachGuild(world, parameters.guild);
    const counts =
      query.get('with_counts') === 'true'
        ? { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size }
        : {};
    return ok({ ...serialiseGuild(guild), ...counts });
  }),

  route('GET', '/guilds/{guild}/channels', ({ world, parameters }) => {
    const { guild } = reachGuild(world, parameters.guild);
    return ok(channelsOf(world, guild.id).map(serialiseGuildChannel));
  }),

  route('POST', '/guilds/{guild}/channels', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    const { guild, bot } = access;
    demandInGuild(world, access, P.ManageChannels);
    const sent = body as RESTPostAPIGuildChannelJSONBody;
    if (channelsOf(world, guild.id).length >= MOST_CHANNELS) {
      throw new DiscordError(400, 30013, `Maximum number of guild channels reached (${MOST_CHANNELS})`);
    }
    const parentId = sent.parent_id ? String(sent.parent_id) : null;
    if (parentId) checkParent(world, guild.id, parentId);
    const overwrites = sent.permission_overwrites?.map((overwrite) =>
      toOverwrite(overwrite as OverwriteBody),
    );
    if (overwrites && overwrites.length > 0) {
      checkMaySetOverwrites(guild, guildPermissions(guild, bot, world.clock.now()), new Map(), overwrites);
    }
    const channel = createChannel(world, guild, {
      name: sent.name,
      type: sent.type as GuildChannelType | undefined,
      parentId,
      topic: 'topic' in sent ? sent.topic : null,
      nsfw: sent.nsfw ?? false,
      slowmodeSeconds: 'rate_limit_per_user' in sent ? (sent.rate_limit_per_user ?? 0) : 0,
      overwrites,
      tags: toTags(world, ('available_tags' in sent ? sent.available_tags : null) ?? []),
    });
    return created(serialiseGuildChannel(channel));
  }),

  route('PATCH', '/guilds/{guild}/channels', ({ world, parameters, body }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageChannels);
    const arriving = new Map<string, number>();
    const moves = (body as RESTPatchAPIGuildChannelPositionsJSONBody).map((move) => {
      const channel = world.channels.get(move.id);
      if (!channel || channel.guildId !== access.guild.id || isThread(channel)) throw unknownChannel();
      if (move.parent_id && move.parent_id !== channel.parentId) {
        arriving.set(move.parent_id, (arriving.get(move.parent_id) ?? 0) + 1);
        checkParent(world, access.guild.id, move.parent_id, arriving.get(move.parent_id));
      }
      return { channel, move };
    });
    if (moves.some(({ move }) => move.lock_permissions) && !mayManageRoles(world.clock.now(), access)) {
      throw missingPermissions();
    }
    for (const { channel, move } of moves) {
      const parent = move.parent_id ? world.channels.get(move.parent_id) : undefined;
      updateChannel(world, channel, {
        ...(typeof move.position === 'number' ? { position: move.position } : {}),
        ...(move.parent_id === undefined ? {} : { parentId: move.parent_id }),
        ...(move.lock_permissions && parent && parent.guildId !== null && !isThread(parent)
          ? { overwrites: new Map(parent.overwrites) }
          : {}),
      });
    }
    return noContent;
  }),
];

function mayManageRoles(now: Date, { guild, bot }: ReturnType<typeof reachGuild>): boolean {
  return (guildPermissions(guild, bot, now) & P.ManageRoles) !== 0n;
}
