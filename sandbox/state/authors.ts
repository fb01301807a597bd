import type { APIUser } from 'discord-api-types/v10';
import { NO_FLAGS } from './flags.ts';
import type { MessageRecord } from './records.ts';
import { requireUser, serialiseUser } from './users.ts';
import type { World } from './world.ts';

/** Who wrote a message, as Discord shows it: of a webhook's the name and picture that it was sent under. */
export function serialiseAuthor(world: World, { authorId, webhook }: MessageRecord): APIUser {
  if (!webhook) return serialiseUser(requireUser(world, authorId));
  return {
    id: webhook.id,
    username: webhook.name,
    discriminator: '0000',
    global_name: null,
    avatar: webhook.avatar,
    primary_guild: null,
    bot: true,
    flags: NO_FLAGS,
    public_flags: NO_FLAGS,
  };
}
