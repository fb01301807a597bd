/** Not drawn, so that a word with some in it looks like the word without. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]|[^\P{Cc}\t\n\v\f\r\u0085]/gu;
const LAST_ASCII = 0x7f;
const FIRST_PRINTABLE = 0x20;

/** Letters that look like others and that no normal form makes into them: Cyrillic, Greek, small capitals. */
const LOOK_ALIKES = new Map<string, string>(
  [
    ['асԁеһіјӏмнорԛѕтухԝвкгп', 'acdehijlmhopqstyxwbkrn'],
    ['АВСЕНІЈКМОРЅТУХ', 'ABCEHIJKMOPSTYX'],
    ['αβγεηικνορτυχω', 'abyenikvoptuxw'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢɡıłøđ', 'abcdefghijklmnopqrstuvwyzgilod'],
  ].flatMap(([from = '', to = '']) =>
    Array.from(from, (letter, index) => [letter, to.charAt(index)] as const),
  ),
);
/** Where alphabets of letters in circles, squares and flags begin, each from A to Z. */
const BOXED_ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6] as const;
const ALPHABET_LENGTH = 26;

/** A text as somebody reads it, whatever it is written with. */
export interface Folded {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where the character that it comes from begins in what was written. */
  readonly starts: readonly number[];
  /** And where it ends, what is not drawn behind it not counted. */
  readonly ends: readonly number[];
}

/**
 * `text` without what is not drawn, with full-width, stylised and accented letters, and those of other alphabets that look the same, as
 * plain ones; upper and lower case stay. To find something by, never to show. Linear in its length.
 */
export function fold(text: string): Folded {
  const known = new Map<string, string>();
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  let at = 0;
  for (const written of text) {
    const end = at + written.length;
    let plain = known.get(written);
    if (plain === undefined) {
      plain = plainOf(written);
      known.set(written, plain);
    }
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return { text: folded, starts, ends };
}

function plainOf(written: string): string {
  const code = written.codePointAt(0) ?? 0;
  if (code >= FIRST_PRINTABLE && code < LAST_ASCII) return written;
  const boxed = BOXED_ALPHABETS.find((first) => code >= first && code < first + ALPHABET_LENGTH);
  if (boxed !== undefined) return String.fromCodePoint('A'.charCodeAt(0) + code - boxed);
  const plain = written.normalize('NFKD').replace(INVISIBLE, '');
  return Array.from(plain, (letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
}
