import type { Profile } from '../client.ts';
import { coach } from './coach.ts';

/** Answers a member who says what they want, what stands in the way and how they feel. */
export const growthCheckIn: Profile = {
  name: 'growth check-in',
  instructions: (language) =>
    `${coach(language)} A member gives you their goal, their obstacle and their feeling. Reflect in two or three sentences what you read, in ` +
    'your own words; offer one other way to look at it; end with one or two questions that lead deeper. Do not push, judge or ' +
    'give a list of advice. At most 180 words.',
  answerMax: 1_800,
};
