import { escapeHtml } from '#lib/text/escape-html';

let make: (text: string) => Html;

/** HTML that was made by {@link html}; nothing else can make it, so it holds no text that was not escaped. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static {
    make = (text) => new Html(text);
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template. Null, undefined, false and an empty list show nothing. */
export type Fragment = Html | string | number | null | undefined | false | readonly Fragment[];

/**
 * A template of HTML. Every value is escaped, for text and for attributes in quotes, except what `html` itself made.
 * @throws Error where a value would be an attribute without quotes, which nothing can make safe.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) {
    if (/=\s*$/.test(text)) throw new Error('an attribute needs quotes');
    text += shown(value) + (strings[index + 1] ?? '');
  }
  return make(text);
}

function shown(value: Fragment): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  if (!Array.isArray(value)) throw new TypeError('this is no part of a page');
  return value.map(shown).join('');
}
