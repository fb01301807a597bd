import { BESIDE, WORKING, person, theirs, type RulesOf } from './rule.ts';

export const announcementsData = {
  announcements: {
    purpose: 'announcements',
    kept: { until: 'read', days: 90 },
    guild: 'guild_id',
    columns: {
      guild_id: BESIDE,
      message_id: BESIDE,
      channel_id: BESIDE,
      author_id: person('zero'),
      // The bot's unanswered question to the author: nobody else is asked, so it counts as a no.
      state: theirs('author_id', { set: "case state when 'asked' then 'declined' else state end" }),
      definition: theirs('author_id', 'null'),
      // The channel of direct messages says who it was.
      question_channel_id: theirs('author_id', 'null'),
      question_message_id: theirs('author_id', 'null'),
      reason: BESIDE,
      fingerprint: WORKING,
      reminder_id: BESIDE,
      posted_at: BESIDE,
      edited_at: BESIDE,
      read_at: BESIDE,
    },
  },
} as const satisfies RulesOf<'announcements'>;
