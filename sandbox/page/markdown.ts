import { parse } from 'discord-markdown-parser';
import { html, nothing, type TemplateResult } from 'lit';
import { formatTimestamp } from './times.ts';

/** A node of the parser's tree; which of the fields it has depends on its type. */
interface MarkdownNode {
  readonly type: string;
  readonly content?: string | readonly MarkdownNode[];
  readonly [field: string]: unknown;
}

/** Names of what is mentioned, by "@1", "@&1" and "#1". */
export type Names = Readonly<Record<string, string>>;

type Drawn = TemplateResult | string | typeof nothing | readonly Drawn[];

/** Discord's Markdown as it is shown. Nothing in `text` can become HTML of its own. */
export function markdown(text: string, names: Names): Drawn {
  if (text === '') return nothing;
  const nodes = parse(text, 'extended') as unknown as readonly MarkdownNode[];
  return nodes.map((node) => draw(node, names));
}

function draw(node: MarkdownNode, names: Names): Drawn {
  const inner = (): Drawn =>
    typeof node.content === 'string' ? node.content : (node.content ?? []).map((one) => draw(one, names));
  const field = (name: string): string => {
    const value = node[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (node.type) {
    case 'text':
      return asBullet(field('content'));
    case 'strong':
      return html`<strong>${inner()}</strong>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'underline':
      return html`<u>${inner()}</u>`;
    case 'strikethrough':
      return html`<s>${inner()}</s>`;
    case 'inlineCode':
      return html`<code>${inner()}</code>`;
    case 'codeBlock':
      return html`<pre><code>${inner()}</code></pre>`;
    case 'blockQuote':
      return html`<blockquote>${inner()}</blockquote>`;
    case 'heading':
      return html`<p class=${`heading level-${field('level')}`}><strong>${inner()}</strong></p>`;
    case 'subtext':
      return html`<p class="subtext">${inner()}</p>`;
    case 'spoiler':
      return html`<details class="spoiler">
        <summary>Spoiler</summary>
        ${inner()}
      </details>`;
    case 'br':
    case 'newline':
      return html`<br />`;
    case 'link':
    case 'url':
    case 'autolink':
      return html`<a href=${safeUrl(field('target'))} target="_blank" rel="noopener noreferrer"
        >${inner()}</a
      >`;
    case 'user':
      return mention(`@${names[`@${field('id')}`] ?? 'unknown-user'}`);
    case 'role':
      return mention(`@${(names[`@&${field('id')}`] ?? 'deleted-role').replace(/^@/, '')}`);
    case 'channel':
      return mention(`#${names[`#${field('id')}`] ?? 'unknown'}`);
    case 'everyone':
      return mention('@everyone');
    case 'here':
      return mention('@here');
    case 'slashCommand':
      return mention(`/${field('fullName') || field('name')}`);
    case 'timestamp':
      return html`<time class="timestamp" title=${formatTimestamp(Number(field('timestamp')), 'F')}
        >${formatTimestamp(Number(field('timestamp')), field('format'))}</time
      >`;
    case 'twemoji':
      return field('name');
    case 'emoji':
      return `:${field('name')}:`;
    default:
      return inner();
  }
}

function mention(text: string): TemplateResult {
  return html`<span class="mention">${text}</span>`;
}

/** The parser leaves lists alone. */
function asBullet(text: string): string {
  return text.replace(/^(\s*)[-*] (?=\S)/, '$1• ');
}

/** Only what leads to a web page or a letter; a script would run as this page. */
function safeUrl(url: string): string {
  return /^(?:https?|mailto|discord):/i.test(url) ? url : '#';
}
