import type { APIAuditLogChange, APIAuditLogEntry, APIAuditLogOptions } from 'discord-api-types/v10';
import { AuditLogEvent, PermissionFlagsBits } from 'discord-api-types/v10';
import type { GuildRecord, MessageRecord } from './records.ts';
import type { ChannelRecord } from './channel-records.ts';
import { timeOf } from './snowflakes.ts';
import type { Actor, World } from './world.ts';
import { dispatch } from './world.ts';

/** How long Discord keeps an entry. */
const KEPT_MS = 45 * 24 * 60 * 60_000;

export interface AuditedAct {
  action: AuditLogEvent;
  targetId: string | null;
  changes?: APIAuditLogChange[];
  options?: APIAuditLogOptions;
}

/** Notes an act of whoever acts now; bots that may see the log hear of it. */
export function audit(world: World, guild: GuildRecord, act: AuditedAct): void {
  const { userId, reason } = actorIn(world, guild);
  const { action, targetId, changes = [], options } = act;
  const entry: APIAuditLogEntry = {
    id: world.snowflakes.next(),
    user_id: userId,
    target_id: targetId,
    action_type: action,
    ...(changes.length > 0 ? { changes } : {}),
    ...(options ? { options } : {}),
    ...(reason ? { reason } : {}),
  };
  auditLogOf(world, guild).push(entry);
  dispatch(
    world,
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
    { ...entry, guild_id: guild.id },
    { guildId: guild.id, needs: PermissionFlagsBits.ViewAuditLog },
  );
}

/** Notes what somebody did to another one's message; that people delete their own is noted nowhere. */
export function auditMessage(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  action: AuditLogEvent.MessageDelete | AuditLogEvent.MessagePin | AuditLogEvent.MessageUnpin,
): void {
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  if (!guild || message.ephemeralTo) return;
  const isDeletion = action === AuditLogEvent.MessageDelete;
  const { userId } = actorIn(world, guild);
  if (isDeletion && (userId === null || userId === message.authorId)) return;
  audit(world, guild, {
    action,
    targetId: message.authorId,
    options: { channel_id: channel.id, ...(isDeletion ? { count: '1' } : { message_id: message.id }) },
  });
}

/** What is not told otherwise is done by the owner: a guild is in their hands. */
export function actorIn(world: World, guild: GuildRecord): Actor {
  return world.acting.by ?? { userId: guild.ownerId };
}

/** The entries that Discord still keeps, oldest first; older ones are forgotten. */
export function auditLogOf(world: World, { auditLog }: GuildRecord): APIAuditLogEntry[] {
  const oldest = world.clock.now().getTime() - KEPT_MS;
  const first = auditLog.findIndex(({ id }) => timeOf(id).getTime() >= oldest);
  auditLog.splice(0, first === -1 ? auditLog.length : first);
  return auditLog;
}

export type Fields = Readonly<Record<string, unknown>>;

/** How the named fields of something differ; of what is new or gone the other side is empty. */
export function changesBetween(before: Fields, after: Fields, keys: readonly string[]): APIAuditLogChange[] {
  return keys.flatMap((key) => {
    const [old, now] = [before[key] ?? undefined, after[key] ?? undefined];
    if (old === now) return [];
    // Which values belong to which key is for the reader of the log to know.
    return {
      key,
      ...(old === undefined ? {} : { old_value: old }),
      ...(now === undefined ? {} : { new_value: now }),
    } as APIAuditLogChange;
  });
}
