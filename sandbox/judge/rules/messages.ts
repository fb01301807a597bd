import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { integerOf, isEmpty, isRecord, lengthOf, listOf } from '../values.ts';
import { judgeMessageComponents } from './components.ts';
import { judgeEmbeds } from './embeds.ts';
import type { RequestContext, Rule } from './rule.ts';

/** IS_COMPONENTS_V2: the message consists of components alone. */
export const COMPONENTS_V2 = 1 << 15;

// docs (components/reference): what a message of components alone cannot have.
const LEGACY_FIELDS = ['content', 'embeds', 'poll', 'sticker_ids', 'stickers'];

/** POST of a bot's message. */
export const judgeNewMessage: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  judgeCommon(body, findings, hasFlag(body['flags']), about);
  judgeNonce(body, findings);
  judgeReference(body['message_reference'], findings.at('message_reference'));
  if (!hasFlag(body['flags'])) judgeNotEmpty(body, findings, about);
};

/** POST through a webhook: follow-ups of an interaction, or a webhook of the bot. */
export const judgeWebhookMessage: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  judgeCommon(body, findings, hasFlag(body['flags']), about);
  judgeWebhookName(body['username'], findings.at('username'));
  if (!hasFlag(body['flags'])) judgeNotEmpty(body, findings, about);
};

/** PATCH of a message: only what the body changes is judged. */
export const judgeMessageEdit: Rule = (body, findings, about) => {
  if (!isRecord(body)) return;
  const was = about.messageFlags === undefined ? undefined : hasFlag(about.messageFlags);
  const says = body['flags'] === undefined || body['flags'] === null ? undefined : hasFlag(body['flags']);
  if (was === true && says === false) {
    findings
      .at('flags')
      .add('MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG', 'The IS_COMPONENTS_V2 flag cannot be removed.');
  }
  judgeCommon(body, findings, says === true || was === true ? true : (says ?? was), about);
};

/** What every kind of message shares. `onlyComponents` undefined: an edit of a message that the judge does not know. */
export function judgeCommon(
  body: Record<string, unknown>,
  findings: Findings,
  onlyComponents: boolean | undefined,
  about: RequestContext,
): void {
  if (lengthOf(body['content']) > LIMITS.messageContent) {
    findings.at('content').tooLong(LIMITS.messageContent);
  }
  judgeEmbeds(body['embeds'], findings.at('embeds'));
  judgeMentions(body['allowed_mentions'], findings.at('allowed_mentions'));
  if (onlyComponents === true) judgeLegacyFields(body, findings, about);
  judgeMessageComponents(body['components'], findings.at('components'), onlyComponents);
}

/** Whether a flags field has the bit that makes a message one of components alone. */
export function hasFlag(flags: unknown): boolean {
  return ((integerOf(flags) ?? 0) & COMPONENTS_V2) !== 0;
}

/** A new message needs something to show (50006). */
export function judgeNotEmpty(
  body: Record<string, unknown>,
  findings: Findings,
  about: RequestContext,
): void {
  const content = body['content'];
  if (typeof content === 'string' && content.trim() !== '') return;
  const others = ['embeds', 'components', 'sticker_ids', 'poll', 'shared_client_theme'];
  if (others.some((key) => !isEmpty(body[key]))) return;
  if (about.hasFiles === true) return;
  findings.add('EMPTY_MESSAGE', 'Cannot send an empty message', 50006);
}

/** Names that Discord keeps webhooks from having. */
export function judgeWebhookName(name: unknown, findings: Findings): void {
  if (typeof name !== 'string') return;
  const forbidden = ['clyde', 'discord'].find((word) => name.toLowerCase().includes(word));
  if (forbidden !== undefined) {
    findings.add('USERNAME_INVALID_CONTAINS', `Username cannot contain "${forbidden}"`);
  }
}

function judgeLegacyFields(body: Record<string, unknown>, findings: Findings, about: RequestContext): void {
  for (const field of LEGACY_FIELDS) {
    if (isEmpty(body[field])) continue;
    findings
      .at(field)
      .add(
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
  }
  const components = body['components'];
  const mustHave = about.messageFlags === undefined || components !== undefined;
  if (mustHave && isEmpty(components)) findings.at('components').required();
}

function judgeNonce(body: Record<string, unknown>, findings: Findings): void {
  const nonce = body['nonce'];
  if (typeof nonce === 'string' && nonce.length > LIMITS.nonce) findings.at('nonce').tooLong(LIMITS.nonce);
}

function judgeReference(reference: unknown, findings: Findings): void {
  if (!isRecord(reference)) return;
  if (isEmpty(reference['message_id'])) findings.at('message_id').required();
}

function judgeMentions(mentions: unknown, findings: Findings): void {
  if (!isRecord(mentions)) return;
  const parse = listOf(mentions['parse']);
  for (const kind of ['users', 'roles']) {
    const listed = listOf(mentions[kind]);
    if (listed.length > 0 && parse.includes(kind)) {
      findings
        .at(kind)
        .add(
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse: ["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
    }
  }
}
