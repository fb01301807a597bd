import { LIMITS } from '../limits.ts';
import type { Findings } from '../problem.ts';
import { isEmpty, isRecord, lengthOf, listOf } from '../values.ts';

const WEB = ['http:', 'https:'];
const WEB_OR_FILE = [...WEB, 'attachment:'];

/** The embeds of a message: each shows something, links are of allowed kinds, and all text together has a limit. */
export function judgeEmbeds(embeds: unknown, findings: Findings): void {
  let sum = 0;
  for (const [index, embed] of listOf(embeds).entries()) {
    if (!isRecord(embed)) continue;
    judgeEmbed(embed, findings.at(index));
    sum += textOf(embed);
  }
  if (sum > LIMITS.embed.sum) {
    findings.add('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${LIMITS.embed.sum}`);
  }
}

/** A link must be a URL of one of the given schemes. */
export function judgeUrl(url: unknown, findings: Findings, schemes: readonly string[] = WEB): void {
  if (typeof url !== 'string' || !URL.canParse(url)) return;
  const scheme = new URL(url).protocol;
  if (schemes.includes(scheme)) return;
  const allowed = schemes.map((each) => `'${each.slice(0, -1)}'`).join(', ');
  findings.add(
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "${scheme.slice(0, -1)}" is not supported. Scheme must be one of (${allowed}).`,
  );
}

/** A picture or file: on the web, or sent along. */
export function judgeMediaUrl(url: unknown, findings: Findings): void {
  judgeUrl(url, findings, WEB_OR_FILE);
}

function judgeEmbed(embed: Record<string, unknown>, findings: Findings): void {
  if (!showsSomething(embed)) findings.at('description').required();
  judgeUrl(embed['url'], findings.at('url'));
  for (const part of ['image', 'thumbnail']) {
    const media = embed[part];
    if (isRecord(media)) judgeMediaUrl(media['url'], findings.at(part, 'url'));
  }
  const author = embed['author'];
  if (isRecord(author)) {
    if (isEmpty(author['name'])) findings.at('author', 'name').required();
    judgeUrl(author['url'], findings.at('author', 'url'));
    judgeMediaUrl(author['icon_url'], findings.at('author', 'icon_url'));
  }
  const footer = embed['footer'];
  if (isRecord(footer)) {
    if (isEmpty(footer['text'])) findings.at('footer', 'text').required();
    judgeMediaUrl(footer['icon_url'], findings.at('footer', 'icon_url'));
  }
  for (const [index, field] of listOf(embed['fields']).entries()) {
    if (!isRecord(field)) continue;
    for (const part of ['name', 'value']) {
      const text = field[part];
      if (typeof text === 'string' && text.trim() === '') findings.at('fields', index, part).required();
    }
  }
}

function showsSomething(embed: Record<string, unknown>): boolean {
  const texts = [embed['title'], embed['description']];
  if (texts.some((text) => typeof text === 'string' && text.trim() !== '')) return true;
  const parts = ['fields', 'image', 'thumbnail', 'author', 'footer', 'timestamp', 'video', 'provider'];
  return parts.some((key) => !isEmpty(embed[key]));
}

function textOf(embed: Record<string, unknown>): number {
  const author = isRecord(embed['author']) ? lengthOf(embed['author']['name']) : 0;
  const footer = isRecord(embed['footer']) ? lengthOf(embed['footer']['text']) : 0;
  let sum = lengthOf(embed['title']) + lengthOf(embed['description']) + author + footer;
  for (const field of listOf(embed['fields'])) {
    if (isRecord(field)) sum += lengthOf(field['name']) + lengthOf(field['value']);
  }
  return sum;
}
