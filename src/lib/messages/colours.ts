/** The colours that can be named, in both languages. */
const NAMED: Readonly<Record<string, number>> = {
  red: 0xe74c3c,
  rood: 0xe74c3c,
  orange: 0xe67e22,
  oranje: 0xe67e22,
  yellow: 0xf1c40f,
  geel: 0xf1c40f,
  green: 0x2ecc71,
  groen: 0x2ecc71,
  turquoise: 0x1abc9c,
  blue: 0x3498db,
  blauw: 0x3498db,
  purple: 0x9b59b6,
  paars: 0x9b59b6,
  pink: 0xe91e63,
  roze: 0xe91e63,
  white: 0xffffff,
  wit: 0xffffff,
  grey: 0x979c9f,
  gray: 0x979c9f,
  grijs: 0x979c9f,
  // Discord takes 0 for no colour at all.
  black: 0x000001,
  zwart: 0x000001,
};
const HEX = /^(?:#|0x)?([0-9a-f]{6})$/i;

/** A colour as somebody types it, `#rrggbb` or a name in English or Dutch; null when it is none. */
export function readColour(text: string): number | null {
  const word = text.trim().toLowerCase();
  const named = Object.hasOwn(NAMED, word) ? NAMED[word] : undefined;
  if (named !== undefined) return named;
  const digits = HEX.exec(word)?.[1];
  return digits === undefined ? null : Number.parseInt(digits, 16) || 1;
}

/** A colour as it can be typed again. */
export function colourText(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}
