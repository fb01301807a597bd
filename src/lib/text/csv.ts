import { stringify } from 'csv-stringify/sync';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

type Rows = readonly (readonly (string | number | null)[])[];

/**
 * Rows as a CSV file (RFC 4180) that spreadsheets open as it is meant: with a byte order mark, so that accents survive, and with what
 * they would take for a formula made into plain text.
 * @param rows the first is the heading; null is an empty cell.
 */
export function csv(rows: Rows): Buffer {
  return Buffer.concat([BYTE_ORDER_MARK, csvLines(rows)]);
}

/** More rows of a file that {@link csv} began. */
export function csvLines(rows: Rows): Buffer {
  return Buffer.from(
    stringify([...rows] as (string | number | null)[][], { escape_formulas: true, record_delimiter: '\r\n' }),
  );
}

/** Discord's limit for a file where the server has no boosts is 10 MiB. */
export const FILE_BYTES_MAX = 9 * 1024 * 1024;

/**
 * A table with as many of its rows as Discord takes: all, or half of them, and so on.
 * @param table the heading and the lines of some rows.
 * @returns the file, and how many rows it has.
 */
export function csvThatFits<Row>(
  rows: readonly Row[],
  table: (rows: readonly Row[]) => Rows,
): { readonly file: Buffer; readonly count: number } {
  for (let count = rows.length; ; count = Math.ceil(count / 2)) {
    const file = csv(table(rows.slice(0, count)));
    if (file.length <= FILE_BYTES_MAX || count <= 1) return { file, count };
  }
}
