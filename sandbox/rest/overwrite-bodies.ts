import type { APIOverwrite } from 'discord-api-types/v10';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { hasPermissions } from '../permissions.ts';
import type { GuildRecord } from '../state/records.ts';
import type { OverwriteRecord } from '../state/channel-records.ts';
import { missingPermissions } from './errors.ts';

/** An overwrite as requests carry it: allow and deny may be left out. */
export type OverwriteBody = Pick<APIOverwrite, 'id' | 'type'> & {
  allow?: string | null;
  deny?: string | null;
};

export function toOverwrite(body: OverwriteBody): OverwriteRecord {
  return {
    id: body.id,
    type: body.type,
    allow: BigInt(body.allow ?? 0),
    deny: BigInt(body.deny ?? 0),
  };
}

/**
 * Whether the bot, holding `held`, may set these. It can only allow and deny what it has itself, and only an administrator
 * can set "manage roles" in a channel.
 */
export function checkMaySetOverwrites(
  guild: GuildRecord,
  held: bigint,
  before: ReadonlyMap<string, OverwriteRecord>,
  overwrites: readonly OverwriteRecord[],
): void {
  if (hasPermissions(held, PermissionFlagsBits.Administrator)) return;
  for (const overwrite of overwrites) {
    const old = before.get(overwrite.id);
    const changed = (overwrite.allow ^ (old?.allow ?? 0n)) | (overwrite.deny ^ (old?.deny ?? 0n));
    const settable = held & ~PermissionFlagsBits.ManageRoles;
    const exists = guild.roles.has(overwrite.id) || guild.members.has(overwrite.id);
    if (!exists || !hasPermissions(settable, changed)) throw missingPermissions();
  }
}
