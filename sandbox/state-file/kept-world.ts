import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { GUILD_KINDS } from '../fixtures.ts';
import { isThread } from '../state/channel-types.ts';
import { newFileShelf } from '../state/files.ts';
import { isTokenValid } from '../state/interactions.ts';
import type { World, WorldContents } from '../state/world.ts';
import { byField, byId, bytes, id, instant } from './codecs.ts';
import { application, channel, command, guild, interaction, invite, user, webhook } from './records.ts';

export const FORMAT = 'alphapy-sandbox';
export const VERSION = 1;

/** A whole world as JSON. */
export const keptWorld = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  savedAt: instant,
  /** What it began with, to start anew. */
  kind: z.enum(GUILD_KINDS),
  /** How far the clock is ahead of the machine's. */
  clockAheadMs: z.number().min(0),
  lastId: id,
  applications: byId(application),
  users: byId(user),
  guilds: byId(guild),
  channels: byId(channel),
  commands: byId(command),
  interactions: byId(interaction),
  invites: byField('code', invite),
  webhooks: byId(webhook),
  nonces: z.array(z.strictObject({ key: z.string(), messageId: id, at: instant })),
  fileSecret: bytes,
  files: z.array(z.strictObject({ id, contentType: z.string(), bytes })),
});

export type KeptWorld = z.output<typeof keptWorld>;

export function fromWorld(
  world: World,
  about: Pick<KeptWorld, 'kind' | 'clockAheadMs' | 'savedAt'>,
): KeptWorld {
  const { applications, users, guilds, channels, commands, interactions, invites, webhooks } = world;
  const { files, snowflakes } = world;
  return {
    format: FORMAT,
    version: VERSION,
    ...about,
    lastId: snowflakes.last,
    applications: new Map(applications),
    users,
    guilds,
    channels,
    commands,
    interactions: new Map([...interactions].filter(([, one]) => isTokenValid(world, one))),
    invites,
    webhooks,
    nonces: [...world.nonces].map(([key, nonce]) => ({ key, ...nonce })),
    fileSecret: files.secret,
    files: [...files.contents].map(([fileId, file]) => ({ id: fileId, ...file })),
  };
}

/** What a world is made from again. Interactions that were waiting for an answer died with the process. */
export function toContents(kept: KeptWorld): WorldContents {
  const { applications, users, guilds, channels, commands, interactions, invites, webhooks, lastId } = kept;
  for (const thread of channels.values()) {
    if (thread.guildId === null || !isThread(thread)) continue;
    const parent = channels.get(thread.parent.id);
    // `findGap` has seen to it.
    if (parent === undefined || parent.guildId === null || isThread(parent)) throw new TypeError();
    thread.parent = parent;
  }
  for (const one of interactions.values()) {
    const messages = channels.get(one.channelId)?.messages;
    const answer = messages?.get(one.originalMessageId ?? '');
    const isThinking = answer !== undefined && (answer.flags & MessageFlags.Loading) !== 0;
    if (isThinking) messages?.delete(answer.id);
    if (isThinking || one.acknowledgement === null) interactions.delete(one.id);
  }
  return {
    applications,
    users,
    guilds,
    channels,
    commands,
    interactions,
    invites,
    webhooks,
    nonces: new Map(kept.nonces.map(({ key, messageId, at }) => [key, { messageId, at }])),
    files: {
      ...newFileShelf(),
      secret: kept.fileSecret,
      contents: new Map(kept.files.map(({ id: fileId, ...file }) => [fileId, file])),
    },
    lastId,
  };
}

/** The first thing that is spoken of and is not there; null when all fits together. */
export function findGap(kept: KeptWorld): string | null {
  const { applications, users, guilds, channels, commands, invites, webhooks } = kept;
  const wanted: [what: string, isThere: boolean][] = [];
  for (const { id, botId, ownerId } of applications.values())
    wanted.push([`the users of application ${id}`, users.has(botId) && users.has(ownerId)]);
  for (const { id, ownerId, roles, members } of guilds.values()) {
    wanted.push(
      [`the owner of server ${id}`, members.has(ownerId)],
      [`@everyone of server ${id}`, roles.has(id)],
    );
    for (const member of members.values()) wanted.push([`user ${member.id}`, users.has(member.id)]);
  }
  for (const channel of channels.values()) {
    const { id, guildId } = channel;
    if (guildId === null)
      wanted.push([
        `the people of channel ${id}`,
        users.has(channel.recipientId) && users.has(channel.botId),
      ]);
    else wanted.push([`the server of channel ${id}`, guilds.has(guildId)]);
    if (isThread(channel)) {
      const parent = channels.get(channel.parent.id);
      const isThere = parent !== undefined && parent.guildId === guildId && !isThread(parent);
      wanted.push([`the channel of thread ${id}`, isThere]);
    }
    for (const { authorId, webhook: poster, mentionedUsers } of channel.messages.values())
      for (const userId of [...(poster === null ? [authorId] : []), ...mentionedUsers])
        wanted.push([`user ${userId}`, users.has(userId)]);
  }
  for (const { code, guildId, channelId } of invites.values())
    wanted.push([`what invite ${code} leads to`, guilds.has(guildId) && channels.has(channelId)]);
  for (const { id, guildId, channelId } of webhooks.values())
    wanted.push([`where webhook ${id} posts`, guilds.has(guildId) && channels.has(channelId)]);
  for (const { applicationId } of commands.values())
    wanted.push([`application ${applicationId}`, applications.has(applicationId)]);
  return wanted.find(([, isThere]) => !isThere)?.[0] ?? null;
}
