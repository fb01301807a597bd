import type {
  APIAuditLogChange,
  APIOverwrite,
  GatewayChannelUpdateDispatchData,
  GatewayGuildCreateDispatchData,
  GatewayGuildMemberUpdateDispatchData,
} from 'discord-api-types/v10';
import { AuditLogEvent as Action, AuditLogOptionsType, OverwriteType } from 'discord-api-types/v10';
import type { Fields } from './audit-log.ts';
import { actorIn, audit, changesBetween } from './audit-log.ts';
import type { DispatchData, DispatchName } from './dispatches.ts';
import { serialiseGuildCreate } from './guilds.ts';
import type { GuildRecord } from './records.ts';
import type { World } from './world.ts';

type Event = { [Name in DispatchName]: { name: Name; data: DispatchData[Name] } }[DispatchName];

/* What the log keeps of each kind of thing: a change of anything else is not noted. */
const CHANNEL = ['name', 'type', 'topic', 'nsfw', 'rate_limit_per_user'];
const OVERWRITE = ['allow', 'deny'];
const ROLE = ['name', 'permissions', 'color', 'hoist', 'mentionable'];
const MEMBER = ['nick', 'communication_disabled_until'];
const GUILD = [
  'name',
  'description',
  'icon',
  'preferred_locale',
  'verification_level',
  'default_message_notifications',
  'explicit_content_filter',
  'afk_timeout',
  'afk_channel_id',
  'system_channel_id',
  'rules_channel_id',
  'public_updates_channel_id',
];

/**
 * Writes the audit log from the events themselves: each is compared with the last one that told of the same thing. Only
 * what no event tells is noted where it is done.
 */
export function keepAuditLog(world: World): void {
  const writer = new AuditWriter(world);
  world.dispatchListeners.add((name, data, { guildId }) => {
    const guild = world.guilds.get(guildId ?? '');
    if (guild) writer.take(guild, { name, data } as Event);
  });
}

class AuditWriter {
  readonly #world: World;
  /** By guild what was told last of it, of its channels, roles and members, by their ids. */
  readonly #told = new Map<string, Map<string, Fields>>();

  constructor(world: World) {
    this.#world = world;
    // Of a world that was kept.
    for (const guild of world.guilds.values()) this.#learn(serialiseGuildCreate(world, guild, true));
  }

  take(guild: GuildRecord, { name, data }: Event): void {
    if (name === 'GUILD_CREATE') {
      if (!data.unavailable) this.#learn(data);
      return;
    }
    // Before a guild is told of it is being built, and nobody acts in it.
    if (!this.#told.has(guild.id)) return;
    switch (name) {
      case 'GUILD_UPDATE': {
        const before = this.#replace(guild, 'guild', { ...data });
        this.#noteChanges(guild, Action.GuildUpdate, data.id, changesBetween(before, { ...data }, GUILD));
        return;
      }
      case 'CHANNEL_CREATE':
        this.#replace(guild, data.id, { ...data });
        this.#note(guild, Action.ChannelCreate, data.id, changesBetween({}, { ...data }, CHANNEL));
        return;
      case 'CHANNEL_UPDATE':
        this.#channelChanged(guild, data);
        return;
      case 'CHANNEL_DELETE':
        this.#forget(guild, data.id);
        this.#note(guild, Action.ChannelDelete, data.id, changesBetween({ ...data }, {}, CHANNEL));
        return;
      case 'GUILD_ROLE_CREATE':
        this.#replace(guild, data.role.id, { ...data.role });
        this.#note(guild, Action.RoleCreate, data.role.id, changesBetween({}, { ...data.role }, ROLE));
        return;
      case 'GUILD_ROLE_UPDATE': {
        const before = this.#replace(guild, data.role.id, { ...data.role });
        const changes = changesBetween(before, { ...data.role }, ROLE);
        this.#noteChanges(guild, Action.RoleUpdate, data.role.id, changes);
        return;
      }
      case 'GUILD_ROLE_DELETE': {
        const before = this.#forget(guild, data.role_id);
        this.#note(guild, Action.RoleDelete, data.role_id, changesBetween(before, {}, ROLE));
        return;
      }
      case 'GUILD_MEMBER_ADD':
        this.#replace(guild, data.user.id, { ...data });
        return;
      case 'GUILD_MEMBER_UPDATE':
        this.#memberChanged(guild, data);
        return;
      case 'GUILD_MEMBER_REMOVE':
        this.#memberGone(guild, data.user.id);
        return;
      case 'GUILD_BAN_ADD':
        this.#note(guild, Action.MemberBanAdd, data.user.id);
        return;
      case 'GUILD_BAN_REMOVE':
        this.#note(guild, Action.MemberBanRemove, data.user.id);
        return;
      default:
    }
  }

  #learn({ channels, roles, members, ...guild }: GatewayGuildCreateDispatchData): void {
    const told = new Map<string, Fields>([['guild', { ...guild }]]);
    for (const one of [...channels, ...roles]) told.set(one.id, { ...one });
    for (const member of members) told.set(member.user.id, { ...member });
    this.#told.set(guild.id, told);
  }

  /** Remembers what is told of a thing now and gives what was told before. */
  #replace(guild: GuildRecord, id: string, now: Fields): Fields {
    const before = this.#forget(guild, id);
    this.#told.get(guild.id)?.set(id, now);
    return before;
  }

  #forget(guild: GuildRecord, id: string): Fields {
    const told = this.#told.get(guild.id);
    const before = told?.get(id) ?? {};
    told?.delete(id);
    return before;
  }

  #note(guild: GuildRecord, action: Action, targetId: string, changes: APIAuditLogChange[] = []): void {
    audit(this.#world, guild, { action, targetId, changes });
  }

  #noteChanges(guild: GuildRecord, action: Action, targetId: string, changes: APIAuditLogChange[]): void {
    if (changes.length > 0) this.#note(guild, action, targetId, changes);
  }

  #channelChanged(guild: GuildRecord, data: GatewayChannelUpdateDispatchData): void {
    const now: Fields = { ...data };
    const before = this.#replace(guild, data.id, now);
    this.#noteChanges(guild, Action.ChannelUpdate, data.id, changesBetween(before, now, CHANNEL));
    const [old, set] = [overwritesOf(before), overwritesOf(now)];
    for (const id of new Set([...old.keys(), ...set.keys()])) {
      this.#overwriteChanged(guild, data.id, old.get(id), set.get(id));
    }
  }

  #overwriteChanged(
    guild: GuildRecord,
    channelId: string,
    before: APIOverwrite | undefined,
    now: APIOverwrite | undefined,
  ): void {
    const overwrite = now ?? before;
    const isOfRole = overwrite?.type === OverwriteType.Role;
    const role = guild.roles.get(overwrite?.id ?? '');
    // With a role its overwrites go too, which is no act of its own.
    if (!overwrite || (isOfRole && !role)) return;
    const both = before !== undefined && now !== undefined;
    const changes = changesBetween(
      { ...before },
      { ...now },
      both ? OVERWRITE : ['id', 'type', ...OVERWRITE],
    );
    if (changes.length === 0) return;
    audit(this.#world, guild, {
      action: both
        ? Action.ChannelOverwriteUpdate
        : now
          ? Action.ChannelOverwriteCreate
          : Action.ChannelOverwriteDelete,
      targetId: channelId,
      changes,
      options: {
        id: overwrite.id,
        type: isOfRole ? AuditLogOptionsType.Role : AuditLogOptionsType.Member,
        ...(role ? { role_name: role.name } : {}),
      },
    });
  }

  #memberChanged(guild: GuildRecord, data: GatewayGuildMemberUpdateDispatchData): void {
    const now: Fields = { ...data };
    const before = this.#replace(guild, data.user.id, now);
    this.#noteChanges(guild, Action.MemberUpdate, data.user.id, changesBetween(before, now, MEMBER));
    const [old, set] = [rolesOf(before), rolesOf(now)];
    // A role that exists no more was not taken from anybody: it was deleted.
    const named = (ids: string[]) =>
      ids.flatMap((id) => {
        const role = guild.roles.get(id);
        return role ? [{ id, name: role.name }] : [];
      });
    const added = named(set.filter((id) => !old.includes(id)));
    const removed = named(old.filter((id) => !set.includes(id)));
    this.#noteChanges(guild, Action.MemberRoleUpdate, data.user.id, [
      ...(added.length > 0 ? [{ key: '$add', new_value: added } as const] : []),
      ...(removed.length > 0 ? [{ key: '$remove', new_value: removed } as const] : []),
    ]);
  }

  /** Who goes without having left was kicked, unless a ban says more. */
  #memberGone(guild: GuildRecord, userId: string): void {
    this.#forget(guild, userId);
    if (actorIn(this.#world, guild).userId === userId || guild.bans.has(userId)) return;
    this.#note(guild, Action.MemberKick, userId);
  }
}

function overwritesOf({ permission_overwrites: listed }: Fields): Map<string, APIOverwrite> {
  return new Map(((listed ?? []) as APIOverwrite[]).map((overwrite) => [overwrite.id, overwrite]));
}

function rolesOf({ roles }: Fields): string[] {
  return (roles ?? []) as string[];
}
