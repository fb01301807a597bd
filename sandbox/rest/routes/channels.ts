import type { RESTPatchAPIChannelJSONBody } from 'discord-api-types/v10';
import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { isThread } from '../../state/channel-types.ts';
import type { ChannelChanges } from '../../state/channels.ts';
import {
  channelsIn,
  deleteChannel,
  MOST_IN_CATEGORY,
  removeOverwrite,
  serialiseChannel,
  serialiseGuildChannel,
  setOverwrite,
  updateChannel,
} from '../../state/channels.ts';
import type { GuildChannelRecord } from '../../state/channel-records.ts';
import { deleteThread, serialiseThread, updateThread } from '../../state/threads.ts';
import type { World } from '../../state/world.ts';
import { botPermissions, demandInChannel, manageChannel, reachChannel, reachGuild } from '../access.ts';
import { invalidBody, missingPermissions, unknownOverwrite } from '../errors.ts';
import { toTags } from '../forum-tags.ts';
import type { OverwriteBody } from '../overwrite-bodies.ts';
import { checkMaySetOverwrites, toOverwrite } from '../overwrite-bodies.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';
import { readThreadChanges } from '../thread-bodies.ts';

export const channelRoutes: readonly Route[] = [
  route('GET', '/channels/{channel}', ({ world, parameters }) =>
    ok(serialiseChannel(world, reachChannel(world, parameters.channel))),
  ),

  route(
    'PATCH',
    '/channels/{channel}',
    ({ world, parameters, body }) => {
      const thread = world.channels.get(parameters.channel);
      if (thread && isThread(thread)) {
        updateThread(world, thread, readThreadChanges(world, thread.id, body));
        return ok(serialiseThread(world, thread));
      }
      const channel = manageChannel(world, parameters.channel, P.ManageChannels);
      updateChannel(world, channel, readChanges(world, channel, body as RESTPatchAPIChannelJSONBody));
      return ok(serialiseGuildChannel(channel));
    },
    { about: ({ world, parameters }) => ({ channelType: world.channels.get(parameters.channel)?.type }) },
  ),

  route('DELETE', '/channels/{channel}', ({ world, parameters }) => {
    const channel = reachChannel(world, parameters.channel);
    // "Deleting" a direct channel only closes it.
    if (channel.guildId === null) return ok(serialiseChannel(world, channel));
    if (isThread(channel)) {
      demandInChannel(world, channel, P.ManageThreads);
      deleteThread(world, channel);
    } else {
      demandInChannel(world, channel, P.ManageChannels);
      deleteChannel(world, channel);
    }
    return ok(serialiseChannel(world, channel));
  }),

  route('PUT', '/channels/{channel}/permissions/{overwrite}', ({ world, parameters, body }) => {
    const channel = manageChannel(world, parameters.channel, P.ManageRoles);
    const { guild } = reachGuild(world, channel.guildId);
    const overwrite = toOverwrite({ ...(body as OverwriteBody), id: parameters.overwrite });
    checkMaySetOverwrites(guild, botPermissions(world, channel), channel.overwrites, [overwrite]);
    setOverwrite(world, channel, overwrite);
    return noContent;
  }),

  route('DELETE', '/channels/{channel}/permissions/{overwrite}', ({ world, parameters }) => {
    const channel = manageChannel(world, parameters.channel, P.ManageRoles);
    if (!channel.overwrites.has(parameters.overwrite)) throw unknownOverwrite();
    removeOverwrite(world, channel, parameters.overwrite);
    return noContent;
  }),
];

function readChanges(
  world: World,
  channel: GuildChannelRecord,
  body: RESTPatchAPIChannelJSONBody,
): ChannelChanges {
  const changes: ChannelChanges = {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.topic === undefined ? {} : { topic: body.topic }),
    ...(typeof body.position === 'number' ? { position: body.position } : {}),
    ...(body.nsfw === undefined ? {} : { nsfw: body.nsfw ?? false }),
    ...(body.rate_limit_per_user === undefined ? {} : { slowmodeSeconds: body.rate_limit_per_user ?? 0 }),
  };
  if (body.available_tags && channel.type === ChannelType.GuildForum) {
    changes.tags = toTags(world, body.available_tags, channel.tags);
  }
  if (body.parent_id !== undefined && body.parent_id !== channel.parentId) {
    if (body.parent_id) checkParent(world, channel.guildId, body.parent_id);
    changes.parentId = body.parent_id;
  }
  if (body.permission_overwrites) {
    const { guild } = reachGuild(world, channel.guildId);
    const held = botPermissions(world, channel);
    if (!(held & P.ManageRoles)) throw missingPermissions();
    const overwrites = body.permission_overwrites.map((overwrite) => toOverwrite(overwrite as OverwriteBody));
    checkMaySetOverwrites(guild, held, channel.overwrites, overwrites);
    changes.overwrites = new Map(overwrites.map((overwrite) => [overwrite.id, overwrite]));
  }
  return changes;
}

/** A parent must be a category of the same guild with room in it for those that arrive. */
export function checkParent(world: World, guildId: string, parentId: string, arriving = 1): void {
  const parent = world.channels.get(parentId);
  if (!parent || parent.guildId !== guildId) {
    throw invalidBody('parent_id', 'CHANNEL_PARENT_INVALID', 'Category does not exist');
  }
  if (parent.type !== ChannelType.GuildCategory) {
    throw invalidBody('parent_id', 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  }
  if (channelsIn(world, parent).length + arriving > MOST_IN_CATEGORY) {
    throw invalidBody(
      'parent_id',
      'CHANNEL_PARENT_MAX_CHANNELS',
      `Maximum number of channels in category reached (${MOST_IN_CATEGORY})`,
    );
  }
}
