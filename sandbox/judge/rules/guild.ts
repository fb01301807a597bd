import { LIMITS } from '../limits.ts';
import { print } from '../problem.ts';
import { isEmpty, isRecord, lengthOf } from '../values.ts';
import { judgeCommon, judgeNotEmpty, hasFlag, judgeWebhookName } from './messages.ts';
import type { Rule } from './rule.ts';

const FORUMS: ReadonlySet<unknown> = new Set([15, 16]);
const DAY = 86_400_000;

/** A channel that is made or changed. */
export const judgeChannel: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  const forum = FORUMS.has(body['type'] ?? about.channelType);
  const longest = forum ? LIMITS.channel.forumTopic : LIMITS.channel.topic;
  if (lengthOf(body['topic']) > longest) findings.at('topic').tooLong(longest);
};

/** One overwrite of a channel: who it is for cannot be guessed. */
export const judgeOverwrite: Rule = (body, findings) => {
  if (isRecord(body) && isEmpty(body['type'])) findings.at('type').required();
};

/** A member that is changed. */
export const judgeMember: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  const until = body['communication_disabled_until'];
  if (typeof until !== 'string') return;
  const latest = about.now.getTime() + LIMITS.timeoutDays * DAY;
  if (Date.parse(until) > latest) {
    findings
      .at('communication_disabled_until')
      .add(
        'INVALID_COMMUNICATION_DISABLED_TIMESTAMP',
        `${print(until)} is more than ${LIMITS.timeoutDays} days ahead.`,
      );
  }
};

/** A direct message needs somebody at the other end (50033). */
export const judgeDirectMessage: Rule = (body, findings) => {
  if (isRecord(body) && isEmpty(body['recipient_id']) && isEmpty(body['access_tokens'])) {
    findings.at('recipient_id').add('BASE_TYPE_REQUIRED', 'Invalid Recipient(s)', 50033);
  }
};

/** A thread, or a forum post with its first message. */
export const judgeThread: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  if (typeof body['name'] === 'string' && body['name'].trim() === '') findings.at('name').required();
  const message = body['message'];
  if (!isRecord(message)) return;
  const here = findings.at('message');
  judgeCommon(message, here, hasFlag(message['flags']), about);
  if (!hasFlag(message['flags'])) judgeNotEmpty(message, here, about);
};

/** A webhook that is made or changed. */
export const judgeWebhook: Rule = (body, findings) => {
  if (isRecord(body)) judgeWebhookName(body['name'], findings.at('name'));
};
