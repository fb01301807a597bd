import type { RESTPatchCurrentApplicationJSONBody } from 'discord-api-types/v10';
import { requireUser, serialiseUser } from '../../state/users.ts';
import type { World } from '../../state/world.ts';
import { botMember } from '../../state/world.ts';
import type { Route } from '../router.ts';
import { ok, route } from '../router.ts';

export const applicationRoutes: readonly Route[] = [
  route('GET', '/applications/@me', ({ world }) => ok(serialiseApplication(world))),

  route('PATCH', '/applications/@me', ({ world, body }) => {
    const { description, flags } = body as RESTPatchCurrentApplicationJSONBody;
    if (typeof description === 'string') world.application.description = description;
    if (flags !== undefined) world.application.flags = flags;
    return ok(serialiseApplication(world));
  }),

  route('GET', '/oauth2/applications/@me', ({ world }) => ok(serialiseApplication(world))),
];

function serialiseApplication(world: World): Record<string, unknown> {
  const { application } = world;
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: application.description,
    type: null,
    bot: serialiseUser(requireUser(world, application.botId)),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: application.flags,
    flags_new: String(application.flags),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: serialiseUser(requireUser(world, application.ownerId)),
    team: null,
    approximate_guild_count: [...world.guilds.values()].filter((guild) => botMember(world, guild)).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
  };
}
