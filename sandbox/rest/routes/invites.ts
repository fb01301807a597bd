import type { RESTPostAPIChannelInviteJSONBody } from 'discord-api-types/v10';
import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { guildPermissions } from '../../permissions.ts';
import {
  createInvite,
  deleteInvite,
  findInvite,
  invitesOf,
  MOST_INVITES,
  serialiseFullInvite,
  serialiseInvite,
} from '../../state/invites.ts';
import type { InviteRecord } from '../../state/records.ts';
import type { World } from '../../state/world.ts';
import { botPermissions, demandInGuild, manageChannel, reachGuild } from '../access.ts';
import {
  DiscordError,
  missingPermissions,
  notForThisChannelType,
  refuseUnknown,
  unknownInvite,
} from '../errors.ts';
import type { Route } from '../router.ts';
import { ok, route } from '../router.ts';

/** What an invite to a text channel has no use for, or what this sandbox has none of: calls and roles given on arrival. */
const UNKNOWN_HERE = ['target_type', 'target_user_id', 'target_application_id', 'role_ids'];

export const inviteRoutes: readonly Route[] = [
  route('GET', '/channels/{channel}/invites', ({ world, parameters }) => {
    const channel = manageChannel(world, parameters.channel, P.ManageChannels);
    const invites = invitesOf(world, channel.guildId).filter(({ channelId }) => channelId === channel.id);
    return ok(invites.map((invite) => serialiseFullInvite(world, invite)));
  }),

  route('POST', '/channels/{channel}/invites', ({ world, parameters, body }) => {
    const channel = manageChannel(world, parameters.channel, P.CreateInstantInvite);
    if (channel.type === ChannelType.GuildCategory) throw notForThisChannelType();
    const sent = body as RESTPostAPIChannelInviteJSONBody;
    refuseUnknown(sent, UNKNOWN_HERE);
    if (invitesOf(world, channel.guildId).length >= MOST_INVITES) {
      throw new DiscordError(400, 30016, `Maximum number of invites reached (${MOST_INVITES})`);
    }
    const invite = createInvite(world, channel, {
      inviterId: world.application.botId,
      maxAgeSeconds: sent.max_age,
      maxUses: sent.max_uses,
      temporary: sent.temporary,
      unique: sent.unique,
    });
    return ok(serialiseFullInvite(world, invite));
  }),

  route('GET', '/guilds/{guild}/invites', ({ world, parameters }) => {
    const { guild, bot } = reachGuild(world, parameters.guild);
    const held = guildPermissions(guild, bot, world.clock.now());
    if (!(held & (P.ManageGuild | P.ViewAuditLog))) throw missingPermissions();
    // Who only reads the audit log is not told how often an invite was used.
    const serialise = held & P.ManageGuild ? serialiseFullInvite : serialiseInvite;
    return ok(invitesOf(world, guild.id).map((invite) => serialise(world, invite)));
  }),

  // Who has none is told so; that Discord refuses guilds that may not have one is not documented.
  route('GET', '/guilds/{guild}/vanity-url', ({ world, parameters }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageGuild);
    return ok(access.guild.vanity ?? { code: null, uses: 0 });
  }),

  route('GET', '/invites/{code}', ({ world, parameters, query }) => {
    const invite = find(world, parameters.code);
    const size = world.guilds.get(invite.guildId)?.members.size ?? 0;
    const counts =
      query.get('with_counts') === 'true'
        ? { approximate_member_count: size, approximate_presence_count: size }
        : {};
    return ok({ ...serialiseInvite(world, invite), ...counts });
  }),

  route('DELETE', '/invites/{code}', ({ world, parameters }) => {
    const invite = find(world, parameters.code);
    if (!mayDelete(world, invite)) throw missingPermissions();
    deleteInvite(world, invite);
    return ok(serialiseInvite(world, invite));
  }),
];

function find(world: World, code: string): InviteRecord {
  const invite = findInvite(world, code);
  if (!invite) throw unknownInvite();
  return invite;
}

/** Who manages the channel, or the guild. */
function mayDelete(world: World, { guildId, channelId }: InviteRecord): boolean {
  const { guild, bot } = reachGuild(world, guildId);
  if (guildPermissions(guild, bot, world.clock.now()) & P.ManageGuild) return true;
  const channel = world.channels.get(channelId);
  return (
    channel !== undefined &&
    channel.guildId !== null &&
    (botPermissions(world, channel) & P.ManageChannels) !== 0n
  );
}
