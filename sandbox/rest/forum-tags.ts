import type { ForumTagRecord } from '../state/channel-records.ts';
import type { World } from '../state/world.ts';
import { DiscordError } from './errors.ts';

/** A forum's tag as requests carry it. */
export interface TagBody {
  id?: string | null;
  name: string;
  moderated?: boolean | null;
  emoji_id?: string | null;
  emoji_name?: string | null;
}

/** The tags that a forum is to have: those named by their id keep it. Names are unique (40061). */
export function toTags(
  world: World,
  sent: readonly TagBody[],
  before: readonly ForumTagRecord[] = [],
): ForumTagRecord[] {
  if (new Set(sent.map(({ name }) => name)).size < sent.length) {
    throw new DiscordError(400, 40061, 'Tag names must be unique');
  }
  return sent.map((tag) => ({
    id: before.find(({ id }) => id === tag.id)?.id ?? world.snowflakes.next(),
    name: tag.name,
    moderated: tag.moderated ?? false,
    emoji: { id: tag.emoji_id ?? null, name: tag.emoji_name ?? null },
  }));
}
