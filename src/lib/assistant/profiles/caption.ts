import type { Profile } from '../client.ts';

/** Writes captions for a post about something, in a style. */
export const caption: Profile = {
  name: 'caption',
  instructions: (language) =>
    'You write captions for a post in a community. You get a topic and a style: punchy (short, with a beat), vulnerable (honest, from ' +
    'experience), educational (one thing to learn), spiritual (quiet, about meaning, of no religion), motivational (leads to a step) or ' +
    'formal (businesslike). Write two different captions with an empty line between them, each of at most 300 characters, in the language ' +
    `of the topic, or else in ${language}. Be original: no clichés, no hashtags, no links, no mentions, no emoji unless the topic has some. ` +
    'Invent no facts about anybody. Write the captions alone.',
  answerMax: 900,
};
