import { DateTime } from 'luxon';

/** When each of the last days or weeks began in a zone, oldest first, up to the one that is not over. @param zone IANA name. */
export function beginnings(
  { unit, count }: { readonly unit: 'day' | 'week'; readonly count: number },
  now: Date,
  zone: string,
): Date[] {
  const current = DateTime.fromJSDate(now, { zone }).startOf(unit);
  return Array.from({ length: count }, (_, index) => current.minus({ [unit]: count - 1 - index }).toJSDate());
}
