import * as z from 'zod/mini';
import type { $ZodType } from 'zod/v4/core';
import { LIMITS } from './limits.ts';

// Discord's document describes these bodies in place, so the generated package has no schema for them.

const snowflake = z.string().check(z.regex(/^\d{1,20}$/));
// Permission sets and other 64-bit numbers travel as strings; numbers are read too.
const bits = z.union([z.string().check(z.regex(/^\d{1,20}$/)), z.number().check(z.minimum(0))]);
const text = (minimum: number, maximum: number) =>
  z.string().check(z.minLength(minimum), z.maxLength(maximum));
const imageData = z.string().check(z.regex(/^data:image\/[a-z+]+;base64,/));

/** Bodies without a name in Discord's document, by names of our own. */
export const inlineBodies: Readonly<Record<string, $ZodType | undefined>> = {
  BulkDeleteBody: z.object({
    messages: z
      .array(snowflake)
      .check(z.minLength(LIMITS.bulkDelete.minimum), z.maxLength(LIMITS.bulkDelete.maximum)),
  }),
  OverwriteBody: z.object({
    type: z.nullish(z.literal([0, 1])),
    allow: z.nullish(bits),
    deny: z.nullish(bits),
  }),
  MemberBody: z.object({
    nick: z.nullish(text(0, LIMITS.nickname)),
    roles: z.nullish(z.array(snowflake).check(z.maxLength(LIMITS.memberRoles))),
    mute: z.nullish(z.boolean()),
    deaf: z.nullish(z.boolean()),
    channel_id: z.nullish(snowflake),
    communication_disabled_until: z.nullish(z.iso.datetime()),
    flags: z.nullish(z.int32()),
  }),
  OwnMemberBody: z.object({
    nick: z.nullish(text(0, LIMITS.nickname)),
    avatar: z.nullish(imageData),
    banner: z.nullish(imageData),
    bio: z.nullish(text(0, LIMITS.memberBio)),
  }),
  ChannelPositionsBody: z.array(
    z.object({
      id: snowflake,
      position: z.nullish(z.int32().check(z.minimum(0))),
      parent_id: z.nullish(snowflake),
      lock_permissions: z.nullish(z.boolean()),
    }),
  ),
  CommandPermissionsBody: z.object({
    permissions: z
      .array(z.object({ id: snowflake, type: z.literal([1, 2, 3]), permission: z.boolean() }))
      .check(z.maxLength(LIMITS.command.permissions)),
  }),
  FollowBody: z.object({ webhook_channel_id: snowflake }),
  WebhookCreateBody: z.object({ name: text(1, LIMITS.webhookName), avatar: z.nullish(imageData) }),
  WebhookEditBody: z.object({
    name: z.optional(text(1, LIMITS.webhookName)),
    avatar: z.nullish(imageData),
    channel_id: z.nullish(snowflake),
  }),
  EmojiCreateBody: z.object({
    name: text(LIMITS.emojiName.minimum, LIMITS.emojiName.maximum),
    image: imageData,
    roles: z.nullish(z.array(snowflake)),
  }),
  EmojiEditBody: z.object({
    name: z.optional(text(LIMITS.emojiName.minimum, LIMITS.emojiName.maximum)),
    roles: z.nullish(z.array(snowflake)),
  }),
  WidgetBody: z.object({ channel_id: z.nullish(snowflake), enabled: z.nullish(z.boolean()) }),
  JoinRequestBody: z.object({
    action: z.literal(['APPROVED', 'REJECTED']),
    rejection_reason: z.nullish(text(0, LIMITS.rejectionReason)),
  }),
  RoleCounts: z.record(snowflake, z.int32().check(z.minimum(0))),
  // A callback whose `type` is none that Discord has.
  CallbackOfUnknownType: z.object({ type: z.literal([1, 4, 5, 6, 7, 8, 9, 12]) }),
  // What Discord answers when it refuses.
  Refused: z.object({
    code: z.int32().check(z.minimum(0)),
    message: z.string(),
    errors: z.optional(z.record(z.string(), z.unknown())),
  }),
  RateLimited: z.object({
    message: z.string(),
    retry_after: z.number().check(z.minimum(0)),
    global: z.boolean(),
    code: z.optional(z.int32()),
  }),
  Empty: z.union([z.undefined(), z.null(), z.literal('')]),
};
