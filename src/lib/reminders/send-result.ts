import type { BotPermission } from '#lib/settings/definitions';

/** What became of an attempt to send. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly messageId: string }
  /** It may work by itself later; `isUncertain` when Discord may have accepted it all the same. */
  | { readonly outcome: 'later'; readonly reason: string; readonly isUncertain: boolean }
  /** A person must change something first. */
  | { readonly outcome: 'parked'; readonly reason: ParkReason };

export type ParkReason =
  | { readonly kind: 'left-guild' }
  | { readonly kind: 'no-channel' }
  | { readonly kind: 'permissions'; readonly missing: readonly BotPermission[] }
  | { readonly kind: 'refused'; readonly code: number | string };
