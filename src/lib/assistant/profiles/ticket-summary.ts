import type { Profile } from '../client.ts';

/** Sums up a closed ticket for staff. */
export const ticketSummary: Profile = {
  name: 'ticket summary',
  instructions: (language) =>
    `You sum up a closed support ticket of a Discord server for its staff. Write in ${language}, in at most four short sentences: ` +
    'what the member wanted, what was tried, how it ended. Say only what is written there; name nobody. Plain text without headings.',
  answerMax: 1_500,
};
