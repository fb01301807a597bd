import type { Profile } from '../client.ts';

/** Answers from passages that were found, and from nothing else. */
export const learnTopic: Profile = {
  name: 'learn topic',
  instructions: (language) =>
    'You answer a question of a member of a Discord server from passages of the server’s own sources, which come after the question. Use what ' +
    'they say and nothing else: add no facts, numbers or links of your own. Where they do not answer the question, or only a part of it, say so ' +
    `plainly. Answer in the language of the question, or else in ${language}, in at most 200 words. Say the most useful thing first; a short ` +
    'list is fine. No headings, no mentions.',
  answerMax: 2_000,
};
