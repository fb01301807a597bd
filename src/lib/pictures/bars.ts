import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS } from './glyphs.ts';
import { encodePng } from './png.ts';

/** Some bars side by side above one label. */
export interface BarGroup {
  /** Written below where there is room: digits, `/` and `-`. */
  readonly label: string;
  /** Not negative; one bar each, in the order of the colours. */
  readonly values: readonly number[];
}

const WIDTH = 880;
const HEIGHT = 360;
const LEFT = 112;
const RIGHT = 20;
const TOP = 20;
const BOTTOM = 56;
/** Pixels a dot of a glyph. */
const DOT = 3;
const LETTER_WIDTH = (GLYPH_WIDTH + 1) * DOT;
const LABEL_GAP = 16;
/** No label comes closer to the right edge. */
const EDGE = 6;
/** Lines across, at most. */
const STEPS_MAX = 5;
/** Of a group's width, how much its bars take. */
const FILLED = 0.76;
const BAR_WIDTH_MAX = 44;

/** On a ground of its own, so that it is read in Discord's light and dark theme alike. */
const [GROUND, LINE, TEXT, FIRST_SERIES] = [0, 1, 2, 3] as const;
const PALETTE = [0x2b2d31, 0x4a4d54, 0xdbdee1];

/** The lines across for values up to `most`: their distance, and the top one. Whole numbers. */
export function scaleOf(most: number): { readonly step: number; readonly top: number } {
  const rough = Math.max(1, most) / STEPS_MAX;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rough)));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? power * 10;
  return { step, top: Math.max(1, Math.ceil(most / step)) * step };
}

/**
 * Draws bars as a PNG file.
 * @param colours one a series, as 0xRRGGBB.
 */
export function drawBars(groups: readonly BarGroup[], colours: readonly number[]): Buffer {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(GROUND);
  const fill = (colour: number, left: number, top: number, width: number, height: number): void => {
    const [from, to] = [Math.round(left), Math.round(left + width)];
    for (let y = Math.round(top); y < Math.round(top + height); y += 1)
      pixels.fill(colour, y * WIDTH + from, y * WIDTH + to);
  };
  const write = (text: string, left: number, top: number): void => {
    for (const [place, letter] of Array.from(text).entries())
      for (const [y, line] of (GLYPHS[letter] ?? []).entries())
        for (const [x, dot] of Array.from(line).entries())
          if (dot === '#') fill(TEXT, left + place * LETTER_WIDTH + x * DOT, top + y * DOT, DOT, DOT);
  };
  const [bottom, room] = [HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP];
  const { step, top } = scaleOf(Math.max(0, ...groups.flatMap(({ values }) => values)));
  for (let value = 0; value <= top; value += step) {
    const y = bottom - (value / top) * room;
    fill(LINE, LEFT, y - 1, WIDTH - LEFT - RIGHT, 2);
    const text = String(value);
    write(text, LEFT - LABEL_GAP - text.length * LETTER_WIDTH, y - (GLYPH_HEIGHT * DOT) / 2);
  }
  const groupWidth = (WIDTH - LEFT - RIGHT) / Math.max(1, groups.length);
  const barWidth = Math.min(BAR_WIDTH_MAX, (groupWidth * FILLED) / Math.max(1, colours.length));
  const longest = Math.max(1, ...groups.map(({ label }) => label.length)) * LETTER_WIDTH;
  const labelEvery = Math.ceil((longest + LABEL_GAP) / groupWidth);
  for (const [index, { label, values }] of groups.entries()) {
    const middle = LEFT + (index + 0.5) * groupWidth;
    const left = middle - (barWidth * colours.length) / 2;
    for (const [series, value] of values.entries()) {
      const height = (value / top) * room;
      fill(FIRST_SERIES + series, left + series * barWidth + 1, bottom - height, barWidth - 2, height);
    }
    const width = label.length * LETTER_WIDTH;
    // Counted from the end, so that the newest has its label.
    if ((groups.length - 1 - index) % labelEvery === 0)
      write(label, Math.min(middle - width / 2, WIDTH - EDGE - width), bottom + LABEL_GAP);
  }
  return encodePng({ width: WIDTH, height: HEIGHT, pixels, palette: [...PALETTE, ...colours] });
}
