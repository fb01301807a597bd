import { createHash, randomBytes } from 'node:crypto';
import type { APIWebhook } from 'discord-api-types/v10';
import { AuditLogEvent, WebhookType } from 'discord-api-types/v10';
import { audit, changesBetween } from './audit-log.ts';
import { requireGuild } from './interactions.ts';
import type { WebhookRecord } from './records.ts';
import type { GuildChannelRecord } from './channel-records.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';
import { dispatch } from './world.ts';

/** How many webhooks a channel can have. */
export const MOST_WEBHOOKS = 15;
const TOKEN_BYTES = 51;
/** What the audit log keeps of a webhook. */
const AUDITED = ['name', 'type', 'channel_id', 'avatar_hash', 'application_id'];

export interface NewWebhook {
  name: string;
  /** A picture as "data:image/png;base64,…"; of pictures only the hash is kept. */
  avatar?: string | null;
  creatorId: string;
}

export function createWebhook(world: World, channel: GuildChannelRecord, input: NewWebhook): WebhookRecord {
  const { application } = world;
  const webhook: WebhookRecord = {
    id: world.snowflakes.next(),
    guildId: channel.guildId,
    channelId: channel.id,
    name: input.name,
    avatar: pictureHash(input.avatar),
    token: randomBytes(TOKEN_BYTES).toString('base64url'),
    creatorId: input.creatorId,
    applicationId: input.creatorId === application.botId ? application.id : null,
  };
  world.webhooks.set(webhook.id, webhook);
  announce(world, webhook, webhook.channelId);
  note(world, webhook, AuditLogEvent.WebhookCreate, {}, auditedOf(webhook));
  return webhook;
}

export interface WebhookChanges {
  name?: string;
  avatar?: string | null;
  channelId?: string;
}

/** Changes what is named; told in the channel that it leaves as well. */
export function updateWebhook(world: World, webhook: WebhookRecord, changes: WebhookChanges): void {
  const before = auditedOf(webhook);
  const { channelId } = webhook;
  webhook.name = changes.name ?? webhook.name;
  if (changes.avatar !== undefined) webhook.avatar = pictureHash(changes.avatar);
  webhook.channelId = changes.channelId ?? channelId;
  announce(world, webhook, webhook.channelId);
  if (webhook.channelId !== channelId) announce(world, webhook, channelId);
  note(world, webhook, AuditLogEvent.WebhookUpdate, before, auditedOf(webhook));
}

export function deleteWebhook(world: World, webhook: WebhookRecord): void {
  world.webhooks.delete(webhook.id);
  announce(world, webhook, webhook.channelId);
  note(world, webhook, AuditLogEvent.WebhookDelete, auditedOf(webhook), {});
}

/** A webhook whose channel is still there; with the channel it is gone too. */
export function findWebhook(world: World, id: string): WebhookRecord | undefined {
  const webhook = world.webhooks.get(id);
  return webhook && world.channels.has(webhook.channelId) ? webhook : undefined;
}

export function webhooksOf(world: World, guildId: string): WebhookRecord[] {
  return [...world.webhooks.keys()]
    .flatMap((id) => findWebhook(world, id) ?? [])
    .filter((webhook) => webhook.guildId === guildId);
}

/** Discord names a picture by the hash of its content. */
export function pictureHash(picture: string | null | undefined): string | null {
  return picture ? createHash('md5').update(picture).digest('hex') : null;
}

/** A webhook as who manages it sees it; who came by its token is not told who made it. */
export function serialiseWebhook(world: World, webhook: WebhookRecord, byToken = false): APIWebhook {
  const { id, token } = webhook;
  return {
    id,
    type: WebhookType.Incoming,
    guild_id: webhook.guildId,
    channel_id: webhook.channelId,
    name: webhook.name,
    avatar: webhook.avatar,
    application_id: webhook.applicationId,
    token,
    url: `${world.baseUrl}/api/webhooks/${id}/${token}`,
    ...(byToken ? {} : { user: serialiseUser(requireUser(world, webhook.creatorId)) }),
  };
}

function announce(world: World, { guildId }: WebhookRecord, channelId: string): void {
  const data = { guild_id: guildId, channel_id: channelId };
  dispatch(world, 'WEBHOOKS_UPDATE', data, { guildId, channelId });
}

function note(
  world: World,
  { id, guildId }: WebhookRecord,
  action: AuditLogEvent,
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): void {
  const changes = changesBetween(before, now, AUDITED);
  if (changes.length > 0) audit(world, requireGuild(world, guildId), { action, targetId: id, changes });
}

function auditedOf({ name, channelId, avatar, applicationId }: WebhookRecord) {
  return {
    name,
    type: WebhookType.Incoming,
    channel_id: channelId,
    avatar_hash: avatar,
    application_id: applicationId,
  };
}
