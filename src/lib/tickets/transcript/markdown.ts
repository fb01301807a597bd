import { parse } from 'discord-markdown-parser';
import { plainText } from '#lib/text/sanitize';
import { escapeHtml } from '#lib/text/escape-html';

/** What a text refers to, in words. */
export interface Mentioned {
  user(id: string): string;
  role(id: string): string;
  channel(id: string): string;
  /** @param seconds since 1970. @param format one of Discord's letters, or empty. */
  time(seconds: number, format: string): string;
}

/** A node of the parser's tree; which of the fields it has depends on its type. */
interface MarkdownNode {
  readonly type: string;
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

/** Deeper than anybody nests on purpose. */
const DEPTH_MAX = 50;
/** Longer texts than Discord lets anybody write are shown as they are. */
const PARSED_MAX = 6_000;
/** Each costs the parser as much as the whole text behind it. */
const LINKS_MAX = 100;
/** Links that lead somewhere without running anything. */
const SAFE_URL = /^(?:https?:\/\/|mailto:)/i;

/** What a person wrote as safe text: one that HTML shows letter for letter. */
export function safeText(text: string): string {
  return escapeHtml(plainText(text));
}

/** Writes Discord's Markdown as HTML. */
export type MarkdownWriter = (text: string) => string;

/**
 * What writes Discord's Markdown as HTML. Nothing in a text becomes HTML of its own, and no link runs anything.
 * @param budgetMs for reading all texts together; what comes later is shown as it was typed. Somebody may write what takes the parser long.
 */
export function markdownWriter(mentioned: Mentioned, budgetMs: number): MarkdownWriter {
  let leftMs = budgetMs;
  return (text) => {
    const plain = plainText(text);
    if (plain.length > PARSED_MAX || leftMs <= 0 || plain.split('](').length > LINKS_MAX)
      return escapeHtml(plain);
    const begun = performance.now();
    try {
      return htmlOf(parse(plain, 'extended'), mentioned, 0);
    } catch (error) {
      // Nested so deep that the parser gives up.
      if (error instanceof RangeError) return escapeHtml(plain);
      throw error;
    } finally {
      leftMs -= performance.now() - begun;
    }
  };
}

/** A link, or only its text where it could do more than lead somewhere. @param inner is HTML. */
export function linkHtml(url: string, inner: string): string {
  const plain = plainText(url).trim();
  if (!SAFE_URL.test(plain)) return inner;
  const href = escapeHtml(plain);
  return `<a href="${href}" title="${href}" rel="noopener noreferrer nofollow" target="_blank">${inner}</a>`;
}

function htmlOf(content: unknown, mentioned: Mentioned, depth: number): string {
  if (typeof content === 'string') return escapeHtml(content);
  if (!Array.isArray(content)) return '';
  return content.map((node: unknown) => nodeHtml(node as MarkdownNode, mentioned, depth)).join('');
}

const TAGS: Readonly<Record<string, string>> = {
  strong: 'strong',
  em: 'em',
  underline: 'u',
  strikethrough: 's',
  inlineCode: 'code',
  blockQuote: 'blockquote',
  subtext: 'small',
};

function nodeHtml(node: MarkdownNode, mentioned: Mentioned, depth: number): string {
  if (depth > DEPTH_MAX) throw new RangeError('nested too deep');
  const field = (name: string): string => {
    const value = node[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const inner = (): string => htmlOf(node.content, mentioned, depth + 1);
  const tag = Object.hasOwn(TAGS, node.type) ? TAGS[node.type] : undefined;
  if (tag !== undefined) return `<${tag}>${inner()}</${tag}>`;
  switch (node.type) {
    case 'codeBlock':
      // Long lines are reached by keyboard too.
      return `<pre tabindex="0"><code>${inner()}</code></pre>`;
    case 'heading':
      return `<strong class="heading">${inner()}</strong>`;
    case 'spoiler':
      return `<span class="spoiler" tabindex="0">${inner()}</span>`;
    case 'br':
    case 'newline':
      return '\n';
    case 'link':
    case 'url':
    case 'autolink':
      return linkHtml(field('target'), inner());
    case 'user':
      return mention(`@${mentioned.user(field('id'))}`);
    case 'role':
      return mention(`@${mentioned.role(field('id'))}`);
    case 'channel':
      return mention(`#${mentioned.channel(field('id'))}`);
    case 'everyone':
      return mention('@everyone');
    case 'here':
      return mention('@here');
    case 'slashCommand':
      return mention(`/${field('fullName') || field('name')}`);
    case 'guildNavigation':
      return mention(`#${field('navigation')}`);
    case 'timestamp':
      return `<time>${escapeHtml(mentioned.time(Number(field('timestamp')), field('format')))}</time>`;
    case 'twemoji':
      return escapeHtml(field('name'));
    case 'emoji':
      return escapeHtml(`:${field('name')}:`);
    default:
      return inner();
  }
}

function mention(text: string): string {
  return `<span class="mention">${safeText(text)}</span>`;
}
