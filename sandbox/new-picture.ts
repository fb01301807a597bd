import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const BITS_PER_CHANNEL = 8;
const TRUE_COLOR = 2;

/** A PNG picture that goes from a colour (24 bits, what is above is ignored) to black; sides in pixels. */
export function newPicture(width: number, height: number, color: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(BITS_PER_CHANNEL, 8);
  head.writeUInt8(TRUE_COLOR, 9);
  // Each row begins with a byte that says how it is filtered: not at all.
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    const share = 1 - y / height;
    const pixel = [16, 8, 0].map((shift) => Math.floor(((color >> shift) & 0xff) * share));
    rows.fill(Buffer.from(pixel), y * (1 + width * 3) + 1, (y + 1) * (1 + width * 3));
  }
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
