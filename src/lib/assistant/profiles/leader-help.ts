import type { Profile } from '../client.ts';
import { coach } from './coach.ts';

/** Helps somebody who leads others: with one of four challenges, or with a question of their own. */
export const leaderHelp: Profile = {
  name: 'leader help',
  instructions: (language) =>
    `${coach(language)} Somebody who leads a community or its moderators gives you a challenge or a question. Reflect it in a sentence or two, ` +
    'then suggest at most three small steps that they can take this week, the first of them today, and end with one question to ' +
    'themselves. Say where a step depends on something that you do not know. At most 220 words.',
  answerMax: 2_200,
};
