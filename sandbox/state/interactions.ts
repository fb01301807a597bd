import { randomBytes } from 'node:crypto';
import type {
  APIInteraction,
  APIInteractionGuildMember,
  APIMessageInteractionMetadata,
  GatewayInteractionCreateDispatchData,
} from 'discord-api-types/v10';
import {
  ChannelType,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { channelPermissions } from '../permissions.ts';
import { serialiseDirectChannel, serialisePlace } from './channels.ts';
import { serialiseMember } from './members.ts';
import { serialiseMessage } from './message-payloads.ts';
import type { GuildRecord, InteractionRecord, MessageRecord } from './records.ts';
import type { ChannelRecord, GuildPlaceRecord } from './channel-records.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';
import { botMember, changed, dispatch, worldOf } from './world.ts';

/** How long an interaction's token may be used, by the sandbox's clock. */
export const TOKEN_LIFETIME_MS = 15 * 60_000;
/** How many interactions are kept at least; older ones go once their token is dead. */
const KEPT_INTERACTIONS = 1000;
const ATTACHMENT_LIMIT_BYTES = 10 * 1024 * 1024;
const DIRECT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseExternalEmojis |
  PermissionFlagsBits.MentionEveryone;

export interface NewInteraction {
  type: Exclude<InteractionType, InteractionType.Ping>;
  userId: string;
  channel: ChannelRecord;
  data: unknown;
  commandName?: string;
  /** The message whose component was used, or that opened the modal. */
  source?: MessageRecord;
  /** For a modal: what opened it. */
  triggeredBy?: InteractionRecord;
}

/** Sends the bot whose command or component it was what a person did, and starts the time it has for an answer. */
export function startInteraction(anyView: World, input: NewInteraction): InteractionRecord {
  const world = worldOf(anyView, askedApplication(anyView, input));
  const { channel, type } = input;
  const id = world.snowflakes.next();
  const interaction: InteractionRecord = {
    id,
    applicationId: world.application.id,
    token: randomBytes(48).toString('base64url'),
    type,
    userId: input.userId,
    channelId: channel.id,
    guildId: channel.guildId,
    createdAt: world.clock.now(),
    commandName: input.commandName ?? null,
    sourceMessageId: input.source?.id ?? null,
    metadata: metadataOf(world, id, input),
    acknowledgement: null,
    missed: false,
    originalMessageId: null,
    followUpIds: [],
    editsOfOriginal: 0,
    originalDeleted: false,
    modal: null,
    choices: null,
  };
  forgetOldest(world);
  world.interactions.set(id, interaction);
  setTimeout(() => {
    if (interaction.acknowledgement !== null) return;
    interaction.missed = true;
    changed(world);
  }, world.interactionDeadlineMs).unref();
  const { botId } = world.application;
  dispatch(world, 'INTERACTION_CREATE', serialiseInteraction(world, interaction, input), { botId });
  return interaction;
}

/** Whose the modal, the message or the command is; a bot has the id of its application. */
function askedApplication(world: World, { triggeredBy, source, data }: NewInteraction): string {
  if (triggeredBy) return triggeredBy.applicationId;
  if (source) return source.authorId;
  const { id } = data as { id?: string };
  return world.commands.get(id ?? '')?.applicationId ?? world.application.id;
}

function forgetOldest(world: World): void {
  for (const [id, old] of world.interactions) {
    if (world.interactions.size < KEPT_INTERACTIONS || isTokenValid(world, old)) return;
    world.interactions.delete(id);
  }
}

/** Whether the token can still be used for follow-ups and edits. */
export function isTokenValid(world: World, interaction: InteractionRecord): boolean {
  return world.clock.now().getTime() - interaction.createdAt.getTime() <= TOKEN_LIFETIME_MS;
}

export function findByToken(world: World, token: string): InteractionRecord | undefined {
  for (const interaction of world.interactions.values()) {
    if (interaction.token === token) return interaction;
  }
  return undefined;
}

function metadataOf(world: World, id: string, input: NewInteraction): APIMessageInteractionMetadata | null {
  const common = {
    id,
    user: serialiseUser(requireUser(world, input.userId)),
    authorizing_integration_owners: ownersOf(input.channel),
  };
  switch (input.type) {
    case InteractionType.ApplicationCommand:
      return { ...common, type: input.type };
    case InteractionType.MessageComponent:
      return { ...common, type: input.type, interacted_message_id: input.source?.id ?? '' };
    case InteractionType.ModalSubmit: {
      const trigger = input.triggeredBy?.metadata;
      if (!trigger || trigger.type === InteractionType.ModalSubmit) return null;
      return { ...common, type: input.type, triggering_interaction_metadata: trigger };
    }
    default:
      return null;
  }
}

/** The bot is installed to guilds only; in a direct message Discord names guild "0". */
function ownersOf(channel: ChannelRecord): Record<number, string> {
  return { 0: channel.guildId ?? '0' };
}

function serialiseInteraction(
  world: World,
  interaction: InteractionRecord,
  { channel, data, source, type, userId }: NewInteraction,
): GatewayInteractionCreateDispatchData {
  const user = requireUser(world, userId);
  const common = {
    id: interaction.id,
    application_id: world.application.id,
    type,
    data,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    locale: user.locale,
    entitlements: [],
    authorizing_integration_owners: ownersOf(channel),
    attachment_size_limit: ATTACHMENT_LIMIT_BYTES,
    ...(source ? { message: serialiseMessage(world, channel, source) } : {}),
  };
  const payload =
    channel.guildId === null
      ? {
          ...common,
          channel: serialiseDirectChannel(world, channel),
          user: serialiseUser(user),
          app_permissions: DIRECT_PERMISSIONS.toString(),
          context: InteractionContextType.BotDM,
        }
      : { ...common, ...guildPart(world, channel, userId) };
  // Its kinds are told apart by `type`, which is a union here itself.
  return payload as unknown as APIInteraction;
}

function guildPart(world: World, channel: GuildPlaceRecord, userId: string) {
  const guild = requireGuild(world, channel.guildId);
  const { permission_overwrites: _overwrites, ...shown } = serialisePlace(
    world,
    channel,
  ) as unknown as Record<string, unknown>;
  const permissions = permissionsIn(world, guild, channel, userId).toString();
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    channel: { ...shown, permissions },
    member: interactionMember(world, guild, channel, userId),
    app_permissions: permissionsIn(world, guild, channel, world.application.botId).toString(),
    context: InteractionContextType.Guild,
  };
}

function interactionMember(
  world: World,
  guild: GuildRecord,
  channel: GuildPlaceRecord,
  userId: string,
): APIInteractionGuildMember {
  const member = guild.members.get(userId);
  if (!member) throw new Error(`User ${userId} is not a member of ${guild.name}.`);
  return {
    ...serialiseMember(world, member),
    user: serialiseUser(requireUser(world, userId)),
    permissions: permissionsIn(world, guild, channel, userId).toString(),
  };
}

/** A user's permissions in a channel; none for somebody who is not in the guild. */
export function permissionsIn(
  world: World,
  guild: GuildRecord,
  channel: GuildPlaceRecord,
  userId: string,
): bigint {
  const member = guild.members.get(userId);
  return member ? channelPermissions(guild, member, channel, world.clock.now()) : 0n;
}

export function requireGuild(world: World, guildId: string): GuildRecord {
  const guild = world.guilds.get(guildId);
  if (!guild) throw new Error(`There is no guild ${guildId}.`);
  return guild;
}

/** Whether the bot may see what is posted in a channel. */
export function botCanView(world: World, channel: ChannelRecord): boolean {
  if (channel.type === ChannelType.DM) return channel.botId === world.application.botId;
  const guild = world.guilds.get(channel.guildId);
  const bot = guild && botMember(world, guild);
  if (!guild || !bot) return false;
  const held = channelPermissions(guild, bot, channel, world.clock.now());
  return (held & PermissionFlagsBits.ViewChannel) !== 0n;
}
