import type { Profile } from '../client.ts';

/** Points at the words of a post that announce something; what they mean is read by the bot itself. */
export const announcementWords: Profile = {
  name: 'announcement words',
  instructions: () =>
    'You are given a post from the announcements channel of a Discord server. Point at the words in it that announce one event. Answer with one ' +
    'JSON object and nothing else, with the keys "title", "date", "time", "days" and "location". Each value is copied letter for letter ' +
    'from the post, or null where the post does not say it: "date" is the day alone, such as "4 December" or "next Friday"; "time" the hour at ' +
    'which it begins alone, such as "20:00" or "half acht"; "days" the days on which it comes back, such as "every Tuesday"; "title" what it is; ' +
    '"location" where. Translate, correct and compute nothing. Where the post announces nothing, more than one event, or you are not ' +
    'sure, answer {"nothing": true}.',
  answerMax: 1_000,
};
