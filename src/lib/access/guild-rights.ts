import {
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type Client,
  type Guild,
  type GuildMember,
} from 'discord.js';
import type { LRUCache } from 'lru-cache';
import { HttpProblem } from '#lib/http/problem';
import type { Caches } from '#lib/limits/caches';
import type { Clock } from '#lib/time/clock';
import type { Rights } from './authorize.ts';
import { isBotOwner } from './who.ts';

/** How long an answer of Discord counts: somebody who lost a role keeps its rights here for at most as long. */
const REMEMBERED_MS = 15_000;
const REMEMBERED_MAX = 1_000;

/** Asks Discord who may do what, and remembers it briefly. */
export class GuildRights implements Rights {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #answers: LRUCache<string, { readonly member: Promise<GuildMember | null>; readonly at: number }>;
  #owners: { readonly ids: Promise<Owners>; readonly at: number } | null = null;

  constructor(client: Client, clock: Clock, caches: Caches) {
    this.#client = client;
    this.#clock = clock;
    this.#answers = caches.create('guild_rights', { max: REMEMBERED_MAX });
  }

  async mayManageGuild(guildId: string, userId: string): Promise<boolean> {
    const guild = this.#client.guilds.cache.get(guildId);
    if (guild?.available === true && guild.ownerId === userId) return true;
    const member = await this.member(guildId, userId);
    return member?.permissions.has(PermissionFlagsBits.ManageGuild) === true;
  }

  /**
   * A person as a member of a guild of the bot, with the roles that they have now; null for whoever is none.
   * @throws HttpProblem 503 when Discord does not say.
   */
  async member(guildId: string, userId: string): Promise<GuildMember | null> {
    const guild = this.#client.guilds.cache.get(guildId);
    if (guild === undefined || !guild.available) return null;
    const key = `${guildId}:${userId}`;
    const now = this.#clock.now().getTime();
    const known = this.#answers.get(key);
    if (known !== undefined && now - known.at < REMEMBERED_MS) return known.member;
    const member = fetchMember(guild, userId);
    this.#answers.set(key, { member, at: now });
    // A failure is not an answer.
    member.catch(() => this.#answers.delete(key));
    return member;
  }

  async isBotOwner(userId: string): Promise<boolean> {
    const now = this.#clock.now().getTime();
    if (this.#owners === null || now - this.#owners.at >= REMEMBERED_MS) {
      const ids = fetchOwners(this.#client);
      this.#owners = { ids, at: now };
      ids.catch(() => (this.#owners = null));
    }
    return isBotOwner(userId, await this.#owners.ids);
  }
}

async function fetchMember(guild: Guild, userId: string): Promise<GuildMember | null> {
  try {
    return await guild.members.fetch({ user: userId, force: true, cache: false });
  } catch (error) {
    if (
      error instanceof DiscordAPIError &&
      (error.code === RESTJSONErrorCodes.UnknownMember || error.code === RESTJSONErrorCodes.UnknownUser)
    )
      return null;
    throw new HttpProblem(503, 'Discord does not say who you are in this server. Try again in a moment.', {
      cause: error,
      headers: { 'Retry-After': '5' },
    });
  }
}

interface Owners {
  readonly ownerId: string | null;
  readonly teamMemberIds: readonly string[];
}

async function fetchOwners(client: Client): Promise<Owners> {
  try {
    const application = await client.application?.fetch();
    const owner = application?.owner ?? null;
    if (owner === null) return { ownerId: null, teamMemberIds: [] };
    if ('members' in owner)
      return { ownerId: owner.ownerId, teamMemberIds: owner.members.map(({ user }) => user.id) };
    return { ownerId: owner.id, teamMemberIds: [] };
  } catch (error) {
    throw new HttpProblem(503, 'Discord does not say who runs this bot. Try again in a moment.', {
      cause: error,
      headers: { 'Retry-After': '5' },
    });
  }
}
