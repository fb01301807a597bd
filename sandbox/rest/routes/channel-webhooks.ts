import type { RESTPatchAPIWebhookJSONBody, RESTPostAPIChannelWebhookJSONBody } from 'discord-api-types/v10';
import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { WebhookRecord } from '../../state/records.ts';
import type { GuildChannelRecord } from '../../state/channel-records.ts';
import type { WebhookChanges } from '../../state/webhooks.ts';
import {
  createWebhook,
  deleteWebhook,
  findWebhook,
  MOST_WEBHOOKS,
  serialiseWebhook,
  updateWebhook,
  webhooksOf,
} from '../../state/webhooks.ts';
import type { World } from '../../state/world.ts';
import { demandInGuild, manageChannel, reachGuild } from '../access.ts';
import { DiscordError, notForThisChannelType, unknownChannel, unknownWebhook } from '../errors.ts';
import type { Route } from '../router.ts';
import { noContent, ok, route } from '../router.ts';
import { reachWebhook } from '../webhook-targets.ts';

/* Webhooks of channels themselves: by who manages them, or by their own token. */

export const channelWebhookRoutes: readonly Route[] = [
  route('GET', '/channels/{channel}/webhooks', ({ world, parameters }) => {
    const channel = manageChannel(world, parameters.channel, P.ManageWebhooks);
    return ok(webhooksIn(world, channel).map((webhook) => serialiseWebhook(world, webhook)));
  }),

  route('POST', '/channels/{channel}/webhooks', ({ world, parameters, body }) => {
    const channel = reachHome(world, parameters.channel);
    const { name, avatar } = body as RESTPostAPIChannelWebhookJSONBody;
    if (webhooksIn(world, channel).length >= MOST_WEBHOOKS) {
      throw new DiscordError(400, 30007, `Maximum number of webhooks reached (${MOST_WEBHOOKS})`);
    }
    const creatorId = world.application.botId;
    return ok(serialiseWebhook(world, createWebhook(world, channel, { name, avatar, creatorId })));
  }),

  route('GET', '/guilds/{guild}/webhooks', ({ world, parameters }) => {
    const access = reachGuild(world, parameters.guild);
    demandInGuild(world, access, P.ManageWebhooks);
    return ok(webhooksOf(world, access.guild.id).map((webhook) => serialiseWebhook(world, webhook)));
  }),

  route('GET', '/webhooks/{webhook}', ({ world, parameters }) => {
    const webhook = find(world, parameters.webhook);
    // An application always finds its own.
    if (webhook.applicationId !== world.application.id) demandOver(world, webhook);
    return ok(serialiseWebhook(world, webhook));
  }),

  route('PATCH', '/webhooks/{webhook}', ({ world, parameters, body }) => {
    const webhook = find(world, parameters.webhook);
    demandOver(world, webhook);
    const { channel_id: channelId, ...sent } = body as RESTPatchAPIWebhookJSONBody;
    const changes = changesFrom(sent);
    if (channelId) {
      if (reachHome(world, channelId).guildId !== webhook.guildId) throw unknownChannel();
      changes.channelId = channelId;
    }
    updateWebhook(world, webhook, changes);
    return ok(serialiseWebhook(world, webhook));
  }),

  route('DELETE', '/webhooks/{webhook}', ({ world, parameters }) => {
    const webhook = find(world, parameters.webhook);
    demandOver(world, webhook);
    deleteWebhook(world, webhook);
    return noContent;
  }),

  route(
    'GET',
    '/webhooks/{webhook}/{token}',
    ({ world, parameters }) =>
      ok(serialiseWebhook(world, reachWebhook(world, parameters.webhook, parameters.token), true)),
    { needsToken: false },
  ),

  route(
    'PATCH',
    '/webhooks/{webhook}/{token}',
    ({ world, parameters, body }) => {
      const webhook = reachWebhook(world, parameters.webhook, parameters.token);
      updateWebhook(world, webhook, changesFrom(body as RESTPatchAPIWebhookJSONBody));
      return ok(serialiseWebhook(world, webhook, true));
    },
    { needsToken: false },
  ),

  route(
    'DELETE',
    '/webhooks/{webhook}/{token}',
    ({ world, parameters }) => {
      deleteWebhook(world, reachWebhook(world, parameters.webhook, parameters.token));
      return noContent;
    },
    { needsToken: false },
  ),
];

function find(world: World, id: string): WebhookRecord {
  const webhook = findWebhook(world, id);
  if (!webhook) throw unknownWebhook();
  return webhook;
}

function demandOver(world: World, { channelId }: WebhookRecord): void {
  manageChannel(world, channelId, P.ManageWebhooks);
}

/** A channel in which the bot may have webhooks: any but a category. */
function reachHome(world: World, channelId: string): GuildChannelRecord {
  const channel = manageChannel(world, channelId, P.ManageWebhooks);
  if (channel.type === ChannelType.GuildCategory) throw notForThisChannelType();
  return channel;
}

function webhooksIn(world: World, { id, guildId }: GuildChannelRecord): WebhookRecord[] {
  return webhooksOf(world, guildId).filter(({ channelId }) => channelId === id);
}

function changesFrom({ name, avatar }: Pick<RESTPatchAPIWebhookJSONBody, 'name' | 'avatar'>): WebhookChanges {
  return { ...(name === undefined ? {} : { name }), ...(avatar === undefined ? {} : { avatar }) };
}
