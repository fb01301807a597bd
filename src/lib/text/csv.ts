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
