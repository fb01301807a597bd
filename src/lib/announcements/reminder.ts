import { createHash } from 'node:crypto';
import type { Definition } from '#lib/reminders/define';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX } from '#lib/reminders/create';
import { plainText, truncate } from '#lib/text/sanitize';
import { withoutFormatting, type Post } from './post.ts';
import type { Reading } from './read.ts';

/** A reading that a reminder can be made from. */
export type Announced = Exclude<Reading, { kind: 'none' }>;

/** What the reminder of an announcement says, apart from where it goes. */
export type Announcement = Pick<
  Definition,
  'name' | 'message' | 'location' | 'callTime' | 'eventTime' | 'days' | 'rrule' | 'recursFrom' | 'recursUntil'
>;

/** @param fallbackName where the post has no words for a name. */
export function announcementOf(reading: Announced, part: Post, fallbackName: string): Announcement {
  const name = plainText(reading.title ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const message = plainText(part.description ?? part.text ?? '').trim();
  const simple = reading.kind === 'recurring' && reading.days !== null && !reading.rrule.includes('INTERVAL');
  return {
    name: truncate(name === '' ? fallbackName : name, NAME_MAX),
    // A post of one line is its own name, and need not be said twice.
    message: withoutFormatting(message).trim() === name ? '' : truncate(message, MESSAGE_MAX),
    location: reading.location === null ? null : truncate(plainText(reading.location).trim(), LOCATION_MAX),
    callTime: reading.time,
    eventTime: reading.kind === 'one-off' ? reading.eventAt : null,
    days: simple ? (reading.days ?? []) : [],
    rrule: reading.kind === 'recurring' && !simple ? reading.rrule : null,
    // The intervals of a rule count from its first date.
    recursFrom: reading.kind === 'recurring' ? (reading.from ?? (simple ? null : reading.firstDate)) : null,
    recursUntil: reading.kind === 'recurring' ? reading.until : null,
  };
}

/** The same for two posts that announce the same at the same time. */
export function fingerprintOf({ name, callTime, eventTime, days, rrule, location }: Announcement): string {
  const said = [
    name.toLowerCase(),
    callTime,
    eventTime?.toISOString() ?? '',
    days.join(','),
    rrule ?? '',
    location ?? '',
  ];
  return createHash('sha256').update(said.join('\n')).digest('base64url').slice(0, 22);
}
