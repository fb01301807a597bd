import type { PermissionInput } from '../permissions.ts';
import { toPermissions } from '../permissions.ts';
import { actorIn } from '../state/audit-log.ts';
import type { BanOptions } from '../state/bans.ts';
import { banUser, unbanUser } from '../state/bans.ts';
import { createChannel, deleteChannel, setOverwrite, updateChannel } from '../state/channels.ts';
import type { ChannelChanges } from '../state/channels.ts';
import { serialiseGuildCreate, updateGuild } from '../state/guilds.ts';
import { invitesOf, useInvite } from '../state/invites.ts';
import { permissionsIn } from '../state/interactions.ts';
import { addMember, giveRole, newMember, removeMember, takeRole, updateMember } from '../state/members.ts';
import type { GuildRecord, InviteRecord, MemberRecord, RoleRecord, WebhookRecord } from '../state/records.ts';
import type { GuildChannelRecord, ThreadRecord } from '../state/channel-records.ts';
import { deleteRole, moveRole, updateRole } from '../state/roles.ts';
import { ensureUser, requireUser } from '../state/users.ts';
import { createWebhook } from '../state/webhooks.ts';
import type { World } from '../state/world.ts';
import { actAs, botMember, channelsOf, dispatch, threadsOf } from '../state/world.ts';
import { ClientRefusal } from './client-refusal.ts';
import { usableInvite } from './inviting.ts';
import type { Reference } from './names.ts';
import { findBan, findChannel, findMember, findRole, findThread } from './names.ts';
import { Person } from './person.ts';
import type { ChannelSeed, MemberSeed, OverwriteSeed, RoleSeed } from './seeds.ts';
import { plantRole, toNewChannel, toOverwrite } from './seeds.ts';

/** A guild in the hands of its owner: find what is in it, and change it. The bot hears of every change. */
export class SandboxGuild {
  readonly record: GuildRecord;
  readonly #world: World;
  readonly #people = new Map<string, Person>();

  constructor(world: World, record: GuildRecord) {
    this.#world = world;
    this.record = record;
  }

  get id(): string {
    return this.record.id;
  }

  get name(): string {
    return this.record.name;
  }

  get everyone(): RoleRecord {
    return findRole(this.record, this.id);
  }

  /** The bot's membership; throws when it is not in the guild. */
  get bot(): MemberRecord {
    const bot = botMember(this.#world, this.record);
    if (!bot) throw new Error(`The bot is not in ${this.name}.`);
    return bot;
  }

  get owner(): Person {
    return this.member({ id: this.record.ownerId });
  }

  get channels(): GuildChannelRecord[] {
    return channelsOf(this.#world, this.id);
  }

  member(who: Reference): Person {
    const { id } = findMember(this.#world, this.record, who);
    let person = this.#people.get(id);
    if (!person) {
      person = new Person(this.#world, this.record, requireUser(this.#world, id));
      this.#people.set(id, person);
    }
    return person;
  }

  channel(which: Reference): GuildChannelRecord {
    return findChannel(this.#world, this.record, which);
  }

  /** Archived ones too, oldest first. */
  get threads(): ThreadRecord[] {
    return threadsOf(this.#world, this.id);
  }

  thread(which: Reference): ThreadRecord {
    return findThread(this.#world, this.record, which);
  }

  role(which: Reference): RoleRecord {
    return findRole(this.record, which);
  }

  /** What the bot may do in a channel at this moment. */
  botPermissionsIn(channel: Reference): bigint {
    return permissionsIn(this.#world, this.record, this.channel(channel), this.#world.application.botId);
  }

  createChannel(seed: ChannelSeed): GuildChannelRecord {
    return createChannel(this.#world, this.record, toNewChannel(this.#world, this.record, seed));
  }

  changeChannel(channel: Reference, changes: ChannelChanges): void {
    updateChannel(this.#world, this.channel(channel), changes);
  }

  deleteChannel(channel: Reference): void {
    deleteChannel(this.#world, this.channel(channel));
  }

  setOverwrite(channel: Reference, overwrite: OverwriteSeed): void {
    setOverwrite(this.#world, this.channel(channel), toOverwrite(this.#world, this.record, overwrite));
  }

  /** Makes a webhook as a person does: it belongs to no application. */
  createWebhook(channel: Reference, name: string): WebhookRecord {
    return createWebhook(this.#world, this.channel(channel), { name, creatorId: this.record.ownerId });
  }

  createRole(seed: RoleSeed): RoleRecord {
    const role = plantRole(this.#world, this.record, seed);
    if (seed.aboveBot) this.moveRole(role, this.record.roles.size - 1);
    for (const name of seed.members ?? []) this.giveRole(name, role);
    return role;
  }

  setPermissions(role: Reference, permissions: PermissionInput): void {
    updateRole(this.#world, this.role(role), { permissions: toPermissions(permissions) });
  }

  /** Position 1 is just above @everyone. */
  moveRole(role: Reference, position: number): void {
    moveRole(this.#world, this.record, this.role(role), position);
  }

  deleteRole(role: Reference): void {
    deleteRole(this.#world, this.record, this.role(role));
  }

  giveRole(who: Reference, role: Reference): void {
    giveRole(this.#world, this.#find(who), this.role(role).id);
  }

  takeRole(who: Reference, role: Reference): void {
    takeRole(this.#world, this.#find(who), this.role(role).id);
  }

  /** Invites that can still be used, oldest first. */
  get invites(): readonly InviteRecord[] {
    return invitesOf(this.#world, this.id);
  }

  /** Gives the guild a link of its own, as one with enough boosts may have; null takes it back. */
  setVanity(code: string | null): void {
    updateGuild(this.#world, this.record, { vanity: code === null ? null : { code, uses: 0 } });
  }

  /** Somebody joins, known or new: by an invite's code or link, by the guild's own one, or in a way that leaves no trace. */
  join(
    who: string | MemberSeed,
    { invite, isPending }: { invite?: string | undefined; isPending?: boolean } = {},
  ): Person {
    const seed = typeof who === 'string' ? { name: who } : who;
    const user = ensureUser(this.#world, { ...seed, username: seed.name });
    if (this.record.members.has(user.id))
      throw new ClientRefusal(`${seed.name} is a member of ${this.name} already.`);
    const { vanity } = this.record;
    const isVanity = vanity !== null && invite === vanity.code;
    const found =
      invite === undefined || isVanity ? undefined : usableInvite(this.#world, this.record, invite);
    if (this.record.bans.has(user.id)) throw new ClientRefusal('The user is banned from this guild.');
    if (isVanity) vanity.uses += 1;
    if (found) useInvite(this.#world, found);
    addMember(this.#world, this.record, user.id, { ...(isPending !== undefined && { isPending }) });
    for (const role of seed.roles ?? []) this.giveRole(user, role);
    return this.member(user);
  }

  /** Somebody completes the guild's membership screening. */
  passScreening(who: Reference): void {
    updateMember(this.#world, this.#find(who), { isPending: false });
  }

  leave(who: Reference): void {
    const member = this.#find(who);
    actAs(this.#world, { userId: member.id }, () => removeMember(this.#world, this.record, member));
  }

  kick(who: Reference): void {
    removeMember(this.#world, this.record, this.#find(who));
  }

  /** Somebody who is not a member is named by the id. */
  ban(who: Reference, options: BanOptions = {}): void {
    const stranger = typeof who === 'string' ? undefined : this.#world.users.get(who.id);
    const user = stranger ?? requireUser(this.#world, this.#find(who).id);
    if (user.id === this.record.ownerId) throw new ClientRefusal('The owner cannot be banned.');
    const actor = { ...actorIn(this.#world, this.record), reason: options.reason };
    actAs(this.#world, actor, () => banUser(this.#world, this.record, user, options));
  }

  unban(who: Reference): void {
    unbanUser(this.#world, this.record, findBan(this.#world, this.record, who));
  }

  kickBot(): void {
    removeMember(this.#world, this.record, this.bot);
  }

  /** Invites the bot again; it comes back without any role. */
  inviteBot(): void {
    const { botId } = this.#world.application;
    newMember(this.#world, this.record, botId);
    dispatch(this.#world, 'GUILD_CREATE', serialiseGuildCreate(this.#world, this.record, true), {
      guildId: this.id,
      botId,
    });
  }

  #find(who: Reference): MemberRecord {
    return findMember(this.#world, this.record, who);
  }
}
