import type { Profile } from './client.ts';
import { announcementWords } from './profiles/announcement-words.ts';
import { caption } from './profiles/caption.ts';
import { growthCheckIn } from './profiles/growth-check-in.ts';
import { leaderHelp } from './profiles/leader-help.ts';
import { learnTopic } from './profiles/learn-topic.ts';
import { suggestReply } from './profiles/suggest-reply.ts';
import { ticketSummary } from './profiles/ticket-summary.ts';

/** Everything that an AI is asked to do, by the name that rows and statistics know it by. */
export const profiles = {
  'ticket-summary': ticketSummary,
  'suggest-reply': suggestReply,
  'announcement-words': announcementWords,
  'growth-check-in': growthCheckIn,
  'learn-topic': learnTopic,
  caption,
  'leader-help': leaderHelp,
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

/** Whether a text that came from a row is the name of a profile that still exists. */
export function isProfileName(text: string): text is ProfileName {
  return Object.hasOwn(profiles, text);
}
