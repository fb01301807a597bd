import type { RESTPostAPICurrentUserCreateDMChannelJSONBody } from 'discord-api-types/v10';
import { guildPermissions } from '../../permissions.ts';
import { openDirectChannel, serialiseDirectChannel } from '../../state/channels.ts';
import { requireUser, serialiseUser } from '../../state/users.ts';
import { botMember } from '../../state/world.ts';
import { DiscordError, unknownUser } from '../errors.ts';
import type { Route } from '../router.ts';
import { ok, route } from '../router.ts';

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

  route('GET', '/users/@me/guilds', ({ world }) =>
    ok(
      [...world.guilds.values()].flatMap((guild) => {
        const bot = botMember(world, guild);
        if (!bot) return [];
        return {
          id: guild.id,
          name: guild.name,
          icon: null,
          banner: null,
          owner: guild.ownerId === bot.id,
          permissions: guildPermissions(guild, bot, world.clock.now()).toString(),
          features: [],
        };
      }),
    ),
  ),
];
