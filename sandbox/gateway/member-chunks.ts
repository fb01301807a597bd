import type {
  GatewayGuildMembersChunkDispatchData,
  GatewayRequestGuildMembersData,
} from 'discord-api-types/v10';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { serialiseMember } from '../state/members.ts';
import type { GuildRecord, MemberRecord } from '../state/records.ts';
import { requireUser } from '../state/users.ts';
import type { World } from '../state/world.ts';

const CHUNK_SIZE = 1000;
/** The most that a search by name gives. */
const QUERY_LIMIT = 100;

/** The answer to "request guild members": by ids, by the start of the name, or everybody. */
export function memberChunks(
  world: World,
  request: GatewayRequestGuildMembersData,
  intents: number,
): GatewayGuildMembersChunkDispatchData[] {
  const guildId = Array.isArray(request.guild_id) ? String(request.guild_id[0]) : request.guild_id;
  const guild = world.guilds.get(guildId);
  if (!guild) return [];
  const { found, notFound } = select(world, guild, request, intents);
  const count = Math.max(1, Math.ceil(found.length / CHUNK_SIZE));
  return Array.from({ length: count }, (_, index) => ({
    guild_id: guild.id,
    members: found
      .slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE)
      .map((member) => serialiseMember(world, member)),
    chunk_index: index,
    chunk_count: count,
    ...(notFound.length > 0 && index === 0 ? { not_found: notFound } : {}),
    ...(request.nonce ? { nonce: request.nonce } : {}),
  }));
}

function select(
  world: World,
  guild: GuildRecord,
  request: GatewayRequestGuildMembersData,
  intents: number,
): { found: MemberRecord[]; notFound: string[] } {
  if ('user_ids' in request && request.user_ids !== undefined) {
    const ids = [request.user_ids].flat();
    return {
      found: ids.flatMap((id) => guild.members.get(id) ?? []),
      notFound: ids.filter((id) => !guild.members.has(id)),
    };
  }
  const query = ('query' in request ? (request.query ?? '') : '').toLowerCase();
  const limit = 'limit' in request ? (request.limit ?? 0) : 0;
  const mayListAll = (intents & GatewayIntentBits.GuildMembers) !== 0;
  if (query === '' && !mayListAll) return { found: [], notFound: [] };
  const named = [...guild.members.values()].filter((member) => nameOf(world, member).startsWith(query));
  const most = query === '' && limit === 0 ? named.length : Math.min(limit || QUERY_LIMIT, QUERY_LIMIT);
  return { found: named.slice(0, most), notFound: [] };
}

function nameOf(world: World, member: MemberRecord): string {
  return (member.nick ?? requireUser(world, member.id).username).toLowerCase();
}
