import type { Profile } from './client.ts';
import { suggestReply } from './profiles/suggest-reply.ts';
import { ticketSummary } from './profiles/ticket-summary.ts';

/** Everything that an AI is asked to do, by the name that rows and statistics know it by. */
export const profiles = {
  'ticket-summary': ticketSummary,
  'suggest-reply': suggestReply,
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

/** Whether a text that came from a row is the name of a profile that still exists. */
export function isProfileName(text: string): text is ProfileName {
  return Object.hasOwn(profiles, text);
}
