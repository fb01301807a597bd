import { z } from 'zod';
import { botPermissions } from '#lib/settings/definitions';

/** What became of an attempt to send. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly messageId: string }
  /** It may work by itself later; `isUncertain` when Discord may have accepted it all the same. */
  | { readonly outcome: 'later'; readonly reason: string; readonly isUncertain: boolean }
  /** A person must change something first. */
  | { readonly outcome: 'parked'; readonly reason: ParkReason }
  /** It is no longer this process's to send. */
  | { readonly outcome: 'lost' };

const parkReason = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('left-guild') }),
    z.object({ kind: z.literal('no-channel') }),
    z.object({ kind: z.literal('permissions'), missing: z.array(z.enum(botPermissions)) }),
    z.object({ kind: z.literal('recipient-closed') }),
    z.object({ kind: z.literal('recipient-unknown') }),
    z.object({ kind: z.literal('refused'), code: z.union([z.number(), z.string()]) }),
  ])
  .readonly();

/** Why a message is set aside. */
export type ParkReason = z.infer<typeof parkReason>;

/** Whether the bot cannot see that what was in the way is mended, so that a person has to say so. */
export function isForPerson({ kind }: ParkReason): boolean {
  return kind === 'refused' || kind === 'recipient-closed' || kind === 'recipient-unknown';
}

/** A reason as it is stored beside the message. */
export function writeParkReason(reason: ParkReason): string {
  return JSON.stringify(reason);
}

/** Discord's code of an error that it does not name. */
const UNNAMED_ERROR = 0;

/** A stored reason; one that another version of the bot wrote and this one cannot read is a refusal. */
export function readParkReason(stored: string | null): ParkReason {
  try {
    return parkReason.parse(JSON.parse(stored ?? 'null'));
  } catch {
    return { kind: 'refused', code: UNNAMED_ERROR };
  }
}
