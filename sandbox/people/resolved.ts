import type {
  APIInteractionDataResolved,
  APIInteractionDataResolvedChannel,
  APIMessage,
} from 'discord-api-types/v10';
import { guildPermissions } from '../permissions.ts';
import { serialisePlace } from '../state/channels.ts';
import { serialiseAttachment } from '../state/files.ts';
import { permissionsIn } from '../state/interactions.ts';
import { serialisePartialMember } from '../state/members.ts';
import { serialiseMessage } from '../state/message-payloads.ts';
import type {
  AttachmentRecord,
  GuildRecord,
  MemberRecord,
  MessageRecord,
  RoleRecord,
} from '../state/records.ts';
import type { ChannelRecord, GuildPlaceRecord } from '../state/channel-records.ts';
import { serialiseRole } from '../state/roles.ts';
import { requireUser, serialiseUser } from '../state/users.ts';
import type { World } from '../state/world.ts';

type ResolvedData = APIInteractionDataResolved & { messages?: Record<string, APIMessage> };

/** Collects what Discord sends beside ids: the users, members, roles and channels that a person picked. */
export class Resolved {
  readonly #world: World;
  readonly #guild: GuildRecord | null;
  readonly #userId: string;
  readonly #data: ResolvedData = {};

  /** `userId` is who picks: channels come with that person's permissions. Without a guild there are only files. */
  constructor(world: World, guild: GuildRecord | null, userId: string) {
    this.#world = world;
    this.#guild = guild;
    this.#userId = userId;
  }

  addMember(member: MemberRecord): void {
    if (!this.#guild) return;
    const permissions = guildPermissions(this.#guild, member, this.#world.clock.now()).toString();
    const { deaf: _deaf, mute: _mute, ...partial } = serialisePartialMember(member);
    (this.#data.users ??= {})[member.id] = serialiseUser(requireUser(this.#world, member.id));
    (this.#data.members ??= {})[member.id] = { ...partial, permissions };
  }

  addRole(role: RoleRecord): void {
    (this.#data.roles ??= {})[role.id] = serialiseRole(role);
  }

  addChannel(channel: GuildPlaceRecord): void {
    if (!this.#guild) return;
    const { permission_overwrites: _overwrites, ...shown } = serialisePlace(
      this.#world,
      channel,
    ) as unknown as Record<string, unknown>;
    const botId = this.#world.application.botId;
    (this.#data.channels ??= {})[channel.id] = {
      ...shown,
      permissions: permissionsIn(this.#world, this.#guild, channel, this.#userId).toString(),
      app_permissions: permissionsIn(this.#world, this.#guild, channel, botId).toString(),
    } as unknown as APIInteractionDataResolvedChannel;
  }

  addMessage(channel: ChannelRecord, message: MessageRecord): void {
    (this.#data.messages ??= {})[message.id] = serialiseMessage(this.#world, channel, message);
  }

  addAttachment(attachment: AttachmentRecord): void {
    (this.#data.attachments ??= {})[attachment.id] = serialiseAttachment(this.#world, attachment);
  }

  /** Undefined when nothing was picked: Discord then leaves the key out. */
  get data(): ResolvedData | undefined {
    return Object.keys(this.#data).length > 0 ? this.#data : undefined;
  }
}
