import type { LRUCache } from 'lru-cache';
import type { Caches } from '#lib/limits/caches';

const CHANNELS_MAX = 10_000;
/** Another process may have made a ticket of the channel since. */
const CHANNEL_MS = 30_000;
const DELETIONS_MAX = 5_000;
const DELETION_MS = 10 * 60_000;
const RENAMED_MAX = 1_000;
/** Discord counts a channel's new names over ten minutes. */
const RENAMED_MS = 10 * 60_000;

/** What tickets remember in this process, by the id of a channel or message. */
export interface Remembered {
  /** Channels that are no ticket's. */
  readonly ordinaryChannels: LRUCache<string, true>;
  /** When messages were deleted; a deletion may overtake the message itself. */
  readonly deletions: LRUCache<string, Date>;
  /** When channels were given a name, in Unix ms. */
  readonly renamed: LRUCache<string, number[]>;
}

/** Nothing yet. */
export function remembered(caches: Caches): Remembered {
  return {
    ordinaryChannels: caches.create('ticket_ordinary_channels', { max: CHANNELS_MAX, maxAgeMs: CHANNEL_MS }),
    deletions: caches.create('ticket_deleted_messages', { max: DELETIONS_MAX, maxAgeMs: DELETION_MS }),
    renamed: caches.create('ticket_renamed_channels', { max: RENAMED_MAX, maxAgeMs: RENAMED_MS }),
  };
}
