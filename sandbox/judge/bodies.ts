import { judgeCallback } from './rules/callbacks.ts';
import { judgeCommand, judgeCommandChange, judgeCommandList } from './rules/commands.ts';
import {
  judgeChannel,
  judgeDirectMessage,
  judgeMember,
  judgeOverwrite,
  judgeThread,
  judgeWebhook,
} from './rules/guild.ts';
import { judgeMessageEdit, judgeNewMessage, judgeWebhookMessage } from './rules/messages.ts';
import type { Rule, RequestContext } from './rules/rule.ts';
import type { SchemaName } from './schemas.ts';
import { isRecord } from './values.ts';

/** Which schema a body must fit and which rules of ours it must pass. */
export interface BodyJudgement {
  /** A function where Discord's document leaves open which of several bodies is meant. */
  readonly schema: SchemaName | ((body: unknown, about: RequestContext) => SchemaName);
  readonly rules?: readonly Rule[];
}

const commandList: BodyJudgement = { schema: '[ApplicationCommandUpdateRequest]', rules: [judgeCommandList] };
const newCommand: BodyJudgement = { schema: 'ApplicationCommandCreateRequest', rules: [judgeCommand] };
const changedCommand: BodyJudgement = {
  schema: 'ApplicationCommandPatchRequestPartial',
  rules: [judgeCommandChange],
};
const webhookMessageEdit: BodyJudgement = {
  schema: 'IncomingWebhookUpdateRequestPartial',
  rules: [judgeMessageEdit],
};
const newEmoji: BodyJudgement = { schema: 'EmojiCreateBody' };
const changedEmoji: BodyJudgement = { schema: 'EmojiEditBody' };
const webhookEdit: BodyJudgement = { schema: 'WebhookEditBody', rules: [judgeWebhook] };

/** The body of each operation that has one, by method and path template. */
export const BODIES: Readonly<Record<string, BodyJudgement>> = {
  'PATCH /applications/@me': { schema: 'ApplicationFormPartial' },
  'PATCH /applications/{application_id}': { schema: 'ApplicationFormPartial' },
  'PUT /applications/{application_id}/commands': commandList,
  'POST /applications/{application_id}/commands': newCommand,
  'PATCH /applications/{application_id}/commands/{command_id}': changedCommand,
  'PUT /applications/{application_id}/guilds/{guild_id}/commands': commandList,
  'POST /applications/{application_id}/guilds/{guild_id}/commands': newCommand,
  'PATCH /applications/{application_id}/guilds/{guild_id}/commands/{command_id}': changedCommand,
  'PUT /applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions': {
    schema: 'CommandPermissionsBody',
  },
  'POST /applications/{application_id}/emojis': newEmoji,
  'PATCH /applications/{application_id}/emojis/{emoji_id}': changedEmoji,

  'PATCH /channels/{channel_id}': { schema: channelSchema, rules: [judgeChannel] },
  'POST /channels/{channel_id}/followers': { schema: 'FollowBody' },
  'POST /channels/{channel_id}/invites': { schema: () => 'CreateGuildInviteRequest' },
  'POST /channels/{channel_id}/messages': { schema: 'MessageCreateRequest', rules: [judgeNewMessage] },
  'PATCH /channels/{channel_id}/messages/{message_id}': {
    schema: 'MessageEditRequestPartial',
    rules: [judgeMessageEdit],
  },
  'POST /channels/{channel_id}/messages/bulk-delete': { schema: 'BulkDeleteBody' },
  'POST /channels/{channel_id}/messages/{message_id}/threads': {
    schema: 'CreateTextThreadWithMessageRequest',
    rules: [judgeThread],
  },
  'POST /channels/{channel_id}/threads': { schema: threadSchema, rules: [judgeThread] },
  'PUT /channels/{channel_id}/permissions/{overwrite_id}': {
    schema: 'OverwriteBody',
    rules: [judgeOverwrite],
  },
  'POST /channels/{channel_id}/webhooks': { schema: 'WebhookCreateBody', rules: [judgeWebhook] },

  'PATCH /guilds/{guild_id}': { schema: 'GuildPatchRequestPartial' },
  'POST /guilds/{guild_id}/auto-moderation/rules': { schema: (body) => automodSchema(body, 'Request') },
  'PATCH /guilds/{guild_id}/auto-moderation/rules/{rule_id}': {
    schema: (body) => automodSchema(body, 'RequestPartial'),
  },
  'PUT /guilds/{guild_id}/bans/{user_id}': { schema: 'BanUserFromGuildRequest' },
  'DELETE /guilds/{guild_id}/bans/{user_id}': { schema: 'UnbanUserFromGuildRequest' },
  'POST /guilds/{guild_id}/bulk-ban': { schema: 'BulkBanUsersRequest' },
  'POST /guilds/{guild_id}/channels': { schema: 'CreateGuildChannelRequest', rules: [judgeChannel] },
  'PATCH /guilds/{guild_id}/channels': { schema: 'ChannelPositionsBody' },
  'POST /guilds/{guild_id}/emojis': newEmoji,
  'PATCH /guilds/{guild_id}/emojis/{emoji_id}': changedEmoji,
  'PUT /guilds/{guild_id}/incident-actions': { schema: 'GuildIncidentActionsRequest' },
  'PATCH /guilds/{guild_id}/members/@me': { schema: 'OwnMemberBody' },
  'PUT /guilds/{guild_id}/members/{user_id}': { schema: 'BotAddGuildMemberRequest' },
  'PATCH /guilds/{guild_id}/members/{user_id}': { schema: 'MemberBody', rules: [judgeMember] },
  'PUT /guilds/{guild_id}/onboarding': { schema: 'UpdateGuildOnboardingRequest' },
  'POST /guilds/{guild_id}/prune': { schema: 'PruneGuildRequest' },
  'PATCH /guilds/{guild_id}/requests/{request_id}': { schema: 'JoinRequestBody' },
  'POST /guilds/{guild_id}/roles': { schema: 'CreateRoleRequest' },
  'PATCH /guilds/{guild_id}/roles': { schema: '[UpdateRolePositionsRequest]' },
  'PATCH /guilds/{guild_id}/roles/{role_id}': { schema: 'UpdateRoleRequestPartial' },
  'POST /guilds/{guild_id}/scheduled-events': { schema: (body) => eventSchema(body, 'CreateRequest') },
  'PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}': {
    schema: (body) => eventSchema(body, 'PatchRequestPartial'),
  },
  'PATCH /guilds/{guild_id}/welcome-screen': { schema: 'WelcomeScreenPatchRequestPartial' },
  'PATCH /guilds/{guild_id}/widget': { schema: 'WidgetBody' },

  'POST /interactions/{interaction_id}/{interaction_token}/callback': {
    schema: callbackSchema,
    rules: [judgeCallback],
  },

  'PATCH /users/@me': { schema: 'BotAccountPatchRequest' },
  'POST /users/@me/channels': { schema: 'CreatePrivateChannelRequest', rules: [judgeDirectMessage] },

  'PATCH /webhooks/{webhook_id}': webhookEdit,
  'PATCH /webhooks/{webhook_id}/{webhook_token}': webhookEdit,
  'POST /webhooks/{webhook_id}/{webhook_token}': {
    schema: () => 'IncomingWebhookRequestPartial',
    rules: [judgeWebhookMessage],
  },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original': webhookMessageEdit,
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': webhookMessageEdit,
};

const THREAD_TYPES: ReadonlySet<unknown> = new Set([10, 11, 12]);
const THREAD_KEYS = ['archived', 'locked', 'invitable', 'auto_archive_duration', 'applied_tags'];

function channelSchema(body: unknown, about: RequestContext): SchemaName {
  if (about.channelType !== undefined) {
    return THREAD_TYPES.has(about.channelType)
      ? 'UpdateThreadRequestPartial'
      : 'UpdateGuildChannelRequestPartial';
  }
  const ofThread = isRecord(body) && THREAD_KEYS.some((key) => key in body);
  return ofThread ? 'UpdateThreadRequestPartial' : 'UpdateGuildChannelRequestPartial';
}

const FORUM = 15;

function threadSchema(body: unknown, { channelType }: RequestContext): SchemaName {
  const hasMessage = isRecord(body) && 'message' in body;
  const inForum = channelType === undefined ? hasMessage : channelType === FORUM;
  return inForum ? 'CreateForumThreadRequest' : 'CreateTextThreadWithoutMessageRequest';
}

const CALLBACKS: ReadonlyMap<unknown, SchemaName> = new Map([
  [1, 'PongInteractionCallbackRequest'],
  [4, 'CreateMessageInteractionCallbackRequest'],
  [5, 'CreateMessageInteractionCallbackRequest'],
  [6, 'UpdateMessageInteractionCallbackRequest'],
  [7, 'UpdateMessageInteractionCallbackRequest'],
  [8, 'ApplicationCommandAutocompleteCallbackRequest'],
  [9, 'ModalInteractionCallbackRequest'],
  [12, 'LaunchActivityInteractionCallbackRequest'],
]);

function callbackSchema(body: unknown): SchemaName {
  return CALLBACKS.get(valueOf(body, 'type')) ?? 'CallbackOfUnknownType';
}

const AUTOMOD: ReadonlyMap<unknown, string> = new Map([
  [1, 'KeywordUpsert'],
  [3, 'MLSpamUpsert'],
  [4, 'DefaultKeywordListUpsert'],
  [5, 'MentionSpamUpsert'],
  [6, 'UserProfileUpsert'],
]);

function automodSchema(body: unknown, kind: string): SchemaName {
  return oneOrAny(AUTOMOD, valueOf(body, 'trigger_type'), (name) => `${name}${kind}`);
}

const EVENTS: ReadonlyMap<unknown, string> = new Map([
  [1, 'Stage'],
  [2, 'Voice'],
  [3, 'External'],
]);

function eventSchema(body: unknown, kind: string): SchemaName {
  return oneOrAny(EVENTS, valueOf(body, 'entity_type'), (name) => `${name}ScheduledEvent${kind}`);
}

function oneOrAny(
  names: ReadonlyMap<unknown, string>,
  chosen: unknown,
  schema: (name: string) => SchemaName,
): SchemaName {
  const name = names.get(chosen);
  return name === undefined ? [...names.values()].map(schema).join('|') : schema(name);
}

function valueOf(body: unknown, key: string): unknown {
  return isRecord(body) ? body[key] : undefined;
}
