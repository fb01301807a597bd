import type { RESTPostAPICurrentUserCreateDMChannelJSONBody } from 'discord-api-types/v10';
import { guildPermissions } from '../../permissions.ts';
import { openDirectChannel, serialiseDirectChannel } from '../../state/channels.ts';
import { removeMember } from '../../state/members.ts';
import { compareSnowflakes } from '../../state/snowflakes.ts';
import { requireUser, serialiseUser } from '../../state/users.ts';
import { botMember } from '../../state/world.ts';
import { reachGuild } from '../access.ts';
import { DiscordError, unknownUser } from '../errors.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';

/** In one page, and all that one answer gives. */
const MOST_GUILDS = 200;

export const userRoutes: readonly Route[] = [
  route('GET', '/users/@me', ({ world }) => {
    const bot = requireUser(world, world.application.botId);
    return ok({ ...serialiseUser(bot), mfa_enabled: false, locale: bot.locale, verified: true, email: null });
  }),

  route('GET', '/users/{user}', ({ world, parameters }) => {
    const user = world.users.get(parameters.user);
    if (!user) throw unknownUser();
    return ok(serialiseUser(user));
  }),

  route('POST', '/users/@me/channels', ({ world, body }) => {
    const { recipient_id: recipientId } = body as RESTPostAPICurrentUserCreateDMChannelJSONBody;
    const recipient = world.users.get(recipientId);
    if (!recipient || recipient.bot) throw new DiscordError(400, 50033, 'Invalid Recipient(s)');
    return ok(serialiseDirectChannel(world, openDirectChannel(world, recipient.id)));
  }),

  route('GET', '/users/@me/guilds', ({ world, query }) => {
    const [before, after] = [query.get('before'), query.get('after') ?? '0'];
    const limit = Number(query.get('limit') ?? MOST_GUILDS);
    const joined = [...world.guilds.values()]
      .filter(({ id }) =>
        before === null ? compareSnowflakes(id, after) > 0 : compareSnowflakes(id, before) < 0,
      )
      .sort((a, b) => compareSnowflakes(a.id, b.id))
      .flatMap((guild) => {
        const bot = botMember(world, guild);
        return bot ? [{ guild, bot }] : [];
      });
    const page = before === null ? joined.slice(0, limit) : joined.slice(-limit);
    return ok(
      page.map(({ guild, bot }) => {
        const counts = {
          approximate_member_count: guild.members.size,
          approximate_presence_count: guild.members.size,
        };
        return {
          id: guild.id,
          name: guild.name,
          icon: null,
          banner: null,
          owner: guild.ownerId === bot.id,
          permissions: guildPermissions(guild, bot, world.clock.now()).toString(),
          features: [],
          ...(query.get('with_counts') === 'true' ? counts : {}),
        };
      }),
    );
  }),

  route('DELETE', '/users/@me/guilds/{guild}', ({ world, parameters }) => {
    const { guild, bot } = reachGuild(world, parameters.guild);
    removeMember(world, guild, bot);
    return noContent;
  }),
];
