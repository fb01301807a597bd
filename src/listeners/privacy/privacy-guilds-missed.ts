import { ApplyOptions } from '@sapphire/decorators';
import { Events, Listener } from '@sapphire/framework';
import { GatewayDispatchEvents, ShardClientUtil, type GatewayDispatchPayload } from 'discord.js';
import { compareGuilds } from '#lib/privacy/leaving';

/**
 * Notices which guilds removed the bot or took it in while it was away: at its start, and when a new session began because the old one was lost.
 * Discord lists them then; discord.js only adds to what it knows.
 */
@ApplyOptions<Listener.Options>({ event: Events.Raw })
export class PrivacyGuildsMissed extends Listener {
  public override async run(packet: GatewayDispatchPayload, shardId: number): Promise<void> {
    if (packet.t !== GatewayDispatchEvents.Ready) return;
    const { client, db, clock } = this.container;
    const listed = packet.d.guilds.map(({ id }) => id);
    const { cache } = client.guilds;
    for (const [id, guild] of cache) if (guild.shardId === shardId && !listed.includes(id)) cache.delete(id);
    const shards = packet.d.shard?.[1] ?? 1;
    await compareGuilds(
      db,
      listed,
      clock.now(),
      (guildId) => ShardClientUtil.shardIdForGuildId(guildId, shards) === shardId,
    );
  }
}
