import { Status, type Client } from 'discord.js';

/** Whether Discord's gateway is there. Its shards are asked: discord.js calls itself ready for good once it was. */
export function isConnected({ ws }: Client): boolean {
  return ws.shards.size > 0 && ws.shards.every(({ status }) => status === Status.Ready);
}
