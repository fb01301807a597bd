import { ChannelType } from 'discord-api-types/v10';
import { channelsIn, createChannel, deleteChannel, MOST_CHANNELS } from '../state/channels.ts';
import type { GuildRecord } from '../state/records.ts';
import type { GuildChannelRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { channelsOf } from '../state/world.ts';

interface Filling {
  readonly categoryId?: string | undefined;
  readonly channels: number;
}

/**
 * Fills a category, or a new one, up with channels; the result takes them away again.
 * @throws Error with a sentence for people when there is no such category, it holds more, or the guild has no room.
 */
export function fillCategory(
  world: World,
  guild: GuildRecord,
  { categoryId, channels }: Filling,
): () => void {
  const given = categoryId === undefined ? null : findCategory(world, guild, categoryId);
  const missing = channels - (given === null ? 0 : channelsIn(world, given).length);
  if (missing < 1) throw new Error(`The category has ${channels} channels or more already.`);
  const made = missing + (given === null ? 1 : 0);
  if (channelsOf(world, guild.id).length + made > MOST_CHANNELS)
    throw new Error(`A server has ${MOST_CHANNELS} channels at most.`);
  const category = given ?? createChannel(world, guild, { name: 'Full', type: ChannelType.GuildCategory });
  const fillers = Array.from({ length: missing }, (_, index) =>
    createChannel(world, guild, { name: `filler-${index + 1}`, parentId: category.id }),
  );
  if (given === null) fillers.push(category);
  return () => {
    for (const filler of fillers) {
      // Somebody may have deleted it.
      if (world.channels.get(filler.id) === filler) deleteChannel(world, filler);
    }
  };
}

function findCategory(world: World, guild: GuildRecord, id: string): GuildChannelRecord {
  const channel = channelsOf(world, guild.id).find((one) => one.id === id);
  if (channel?.type !== ChannelType.GuildCategory) throw new Error('That is no category of this server.');
  return channel;
}
