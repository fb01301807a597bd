import type { Route } from '../router.ts';
import { applicationRoutes } from './applications.ts';
import { auditLogRoutes } from './audit-logs.ts';
import { banRoutes } from './bans.ts';
import { channelRoutes } from './channels.ts';
import { channelWebhookRoutes } from './channel-webhooks.ts';
import { commandRoutes } from './commands.ts';
import { gatewayRoutes } from './gateway.ts';
import { guildRoutes } from './guilds.ts';
import { guildSettingsRoutes } from './guild-settings.ts';
import { interactionRoutes } from './interactions.ts';
import { inviteRoutes } from './invites.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
import { roleRoutes } from './roles.ts';
import { threadMemberRoutes } from './thread-members.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route that this Discord has. */
export const allRoutes: readonly Route[] = [
  ...gatewayRoutes,
  ...applicationRoutes,
  ...userRoutes,
  ...commandRoutes,
  ...interactionRoutes,
  ...webhookRoutes,
  ...channelWebhookRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...pinRoutes,
  ...threadRoutes,
  ...threadMemberRoutes,
  ...guildRoutes,
  ...guildSettingsRoutes,
  ...roleRoutes,
  ...memberRoutes,
  ...auditLogRoutes,
  ...banRoutes,
  ...inviteRoutes,
];
