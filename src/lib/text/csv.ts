import { stringify } from 'csv-stringify/sync';

/**
 * Rows as a CSV file (RFC 4180) that spreadsheets open as it is meant: with a byte order mark, so that accents survive, and with what
 * they would take for a formula made into plain text.
 * @param rows the first is the heading; null is an empty cell.
 */
export function csv(rows: readonly (readonly (string | number | null)[])[]): Buffer {
  return Buffer.from(
    stringify([...rows] as (string | number | null)[][], {
      bom: true,
      escape_formulas: true,
      record_delimiter: '\r\n',
    }),
  );
}
