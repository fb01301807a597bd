import type { GatewayThreadListSyncDispatchData } from 'discord-api-types/v10';
import { threadTypesIn } from '../state/channel-types.ts';
import type { DispatchData, DispatchName, DispatchScope } from '../state/dispatches.ts';
import { botCanView } from '../state/interactions.ts';
import { activeThreads, serialiseThread, serialiseThreadMember } from '../state/threads.ts';
import type { World } from '../state/world.ts';
import { channelsOf } from '../state/world.ts';

/** Knows which channels the bot sees, to tell it of the threads in those that it begins to see. */
export class VisibleChannels {
  readonly #world: World;
  readonly #seen = new Map<string, ReadonlySet<string>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What the bot must be told after an event that let it see more; null for nothing. */
  after<Name extends DispatchName>(
    name: Name,
    data: DispatchData[Name],
    { guildId, memberId }: DispatchScope,
  ): GatewayThreadListSyncDispatchData | null {
    if (guildId === undefined || !this.#mayMatter(name, data, guildId, memberId)) return null;
    const before = this.#seen.get(guildId);
    const channels = channelsOf(this.#world, guildId).filter((channel) => botCanView(this.#world, channel));
    this.#seen.set(guildId, new Set(channels.map(({ id }) => id)));
    // A new guild or channel comes with all that is in it.
    if (before === undefined || name === 'GUILD_CREATE' || name === 'CHANNEL_CREATE') return null;
    const gained = channels.filter((channel) => !before.has(channel.id) && threadTypesIn(channel).length > 0);
    return gained.length === 0
      ? null
      : this.#sync(
          guildId,
          gained.map(({ id }) => id),
        );
  }

  #mayMatter(name: DispatchName, data: unknown, guildId: string, memberId: string | undefined): boolean {
    const { botId } = this.#world.application;
    switch (name) {
      case 'GUILD_CREATE':
      case 'CHANNEL_CREATE':
      case 'CHANNEL_UPDATE':
      case 'GUILD_ROLE_DELETE':
        return true;
      case 'GUILD_MEMBER_UPDATE':
        return memberId === botId;
      case 'GUILD_ROLE_UPDATE': {
        const { role } = data as DispatchData['GUILD_ROLE_UPDATE'];
        const bot = this.#world.guilds.get(guildId)?.members.get(botId);
        return role.id === guildId || bot?.roles.has(role.id) === true;
      }
      default:
        return false;
    }
  }

  #sync(guildId: string, channelIds: string[]): GatewayThreadListSyncDispatchData {
    const { botId } = this.#world.application;
    const threads = activeThreads(this.#world, guildId).filter(
      (thread) => channelIds.includes(thread.parent.id) && botCanView(this.#world, thread),
    );
    return {
      guild_id: guildId,
      channel_ids: channelIds,
      threads: threads.map((thread) => serialiseThread(this.#world, thread)),
      members: threads
        .filter(({ members }) => members.has(botId))
        .map((thread) => serialiseThreadMember(thread, botId)),
    };
  }
}
