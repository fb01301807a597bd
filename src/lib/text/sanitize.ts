import { EMBED_DESCRIPTION_MAX } from '../ui/limits.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { safePrompt } from './safe-prompt.ts';
import { stripMentions } from './strip-mentions.ts';
import { truncate, truncateMarkdown } from './truncate.ts';
import { linkedHosts, urlFilter } from './url-filter.ts';

export { escapeMarkdown, linkedHosts, safePrompt, stripMentions, truncate, truncateMarkdown, urlFilter };

const LOG_MESSAGE_MAX = 200;

/** Controls other than line feed and tab; PostgreSQL refuses the first of them, U+0000. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** Characters that turn the direction of all the text behind them, that of others included. */
const DIRECTION_CHANGES = /[\u202A-\u202E\u2066-\u2069]/g;
const LONE_SURROGATES = /\p{Cs}/gu;
const ESCAPE = '\u001B';
const BELL = '\u0007';
/** Colours and cursor movements of a terminal, then its titles and links. */
const ANSI_SEQUENCES = new RegExp(
  `(?:${ESCAPE}\\[|\u009B)[0-?]*[ -/]*[@-~]|(?:${ESCAPE}\\]|\u009D)[^${BELL}${ESCAPE}\u009C]*(?:${BELL}|${ESCAPE}\\\\|\u009C)?`,
  'g',
);
const WHITE_SPACE = /[\s\u0085]+/gu;

/**
 * What a person wrote as it may be stored and shown: line breaks as `\n`, no control characters, nothing that turns the direction of
 * other text, no halves of characters. Everything else stays.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(DIRECTION_CHANGES, '')
    .replace(LONE_SURROGATES, '\uFFFD');
}

/**
 * What a person wrote as an embed may show it: no mentions, letter for letter, at most `maxLength` long. Line breaks stay.
 * @param maxLength in UTF-16 units; a description's limit when omitted.
 */
export function safeEmbedText(text: string, maxLength: number = EMBED_DESCRIPTION_MAX): string {
  return truncateMarkdown(escapeMarkdown(stripMentions(plainText(text))), maxLength);
}

/**
 * `text` as one line of a log: without terminal sequences and control characters, at most `maxLength` long.
 * @param maxLength in UTF-16 units.
 */
export function safeLogMessage(text: string, maxLength: number = LOG_MESSAGE_MAX): string {
  return truncate(plainText(text.replace(ANSI_SEQUENCES, '').replace(WHITE_SPACE, ' ')).trim(), maxLength);
}
