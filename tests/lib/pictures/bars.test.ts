import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { drawBars, scaleOf } from '#lib/pictures/bars';
import { encodePng } from '#lib/pictures/png';

/** The chunks of a PNG file by their types. */
function chunksOf(file: Buffer): Map<string, Buffer> {
  expect(file.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001A\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    chunks.set(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return chunks;
}

/** How many pixels in the first columns are not of the ground. */
function marksAtLeft(file: Buffer, columns: number): number {
  const chunks = chunksOf(file);
  const width = chunks.get('IHDR')?.readUInt32BE(0) ?? 0;
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  return lines.filter((value, index) => index % (width + 1) <= columns && value !== 0).length;
}

/** How many pixels have each place of the palette. */
function usedColours(file: Buffer): Map<number, number> {
  const chunks = chunksOf(file);
  const width = chunks.get('IHDR')?.readUInt32BE(0) ?? 0;
  const used = new Map<number, number>();
  for (const [index, value] of inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0)).entries())
    if (index % (width + 1) !== 0) used.set(value, (used.get(value) ?? 0) + 1);
  return used;
}

test('a PNG file has its size, its colours and its pixels', () => {
  const file = encodePng({
    width: 2,
    height: 2,
    pixels: Uint8Array.from([0, 1, 1, 0]),
    palette: [0x010203, 0xfffefd],
  });
  const chunks = chunksOf(file);
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  expect([...(chunks.get('IHDR') ?? [])]).toEqual([0, 0, 0, 2, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  expect([...(chunks.get('PLTE') ?? [])]).toEqual([1, 2, 3, 255, 254, 253]);
  expect([...inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))]).toEqual([0, 0, 1, 0, 1, 0]);
  expect(file.subarray(-4).toString('hex')).toBe('ae426082');
});

describe('bars', () => {
  test('are as high as their values', () => {
    const used = usedColours(drawBars([{ label: '1/2', values: [40, 10] }], [0xff0000, 0x00ff00]));
    const [first = 0, second = 0] = [used.get(3), used.get(4)];
    expect(first / second).toBeCloseTo(4, 1);
  });

  test('have labels that end within the picture', () => {
    const groups = Array.from({ length: 30 }, (_, index) => ({ label: `11/${index + 1}`, values: [1, 1] }));
    expect(marksAtLeft(drawBars(groups, [0xff0000, 0x00ff00]), 20)).toBe(0);
  });

  test('of nothing are a picture all the same', () => {
    for (const groups of [[], [{ label: '1/2', values: [0, 0] }]])
      expect([...usedColours(drawBars(groups, [0xff0000, 0x00ff00])).keys()].every((one) => one < 3)).toBe(
        true,
      );
  });

  test.each([
    [0, 1, 1],
    [1, 1, 1],
    [4, 1, 4],
    [5, 1, 5],
    [6, 2, 6],
    [23, 5, 25],
    [99, 20, 100],
    [100, 20, 100],
    [12_345, 5_000, 15_000],
  ])('up to %i stand before lines %i apart, up to %i', (most, step, top) => {
    expect(scaleOf(most)).toEqual({ step, top });
  });
});
