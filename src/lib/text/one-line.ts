import { plainText, stripMentions } from './sanitize.ts';

/** Something that is drawn: neither white space nor a character that only changes others. */
const DRAWN = /[^\s\p{Default_Ignorable_Code_Point}\p{C}\p{M}]/u;

/** Whether there is anything to see of a text. */
export function isDrawn(text: string): boolean {
  return DRAWN.test(text);
}

/** A text as it is stored where one line is asked for; null when nothing is left to see of it where mentions are taken out. */
export function oneLine(text: string): string | null {
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim();
  return isDrawn(stripMentions(line)) ? line : null;
}
