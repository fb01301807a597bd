import { UserError } from '#lib/errors/user-error';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX, readTexts } from '#lib/reminders/create';
import { defineReminder, type Definition } from '#lib/reminders/define';
import { holdSettings, lockSettings, writeChange } from '#lib/settings/queries';
import { effectiveValue, type Overrides } from '#lib/settings/settings';
import { minutesOfDay } from '#lib/time/calendar';
import { parseDaysString } from '#lib/time/parse';
import { instantOf, wallClockOf } from '#lib/time/wall-clock';
import { importedAs, noteImported } from './imported-rows.ts';
import type { OldRow } from './old-database.ts';
import { placeOf, type ImportContext, type TableImport } from './table-import.ts';
import {
  booleanOrNull,
  fitted,
  idOf,
  instantOrNull,
  jsonOf,
  madeAt,
  personOf,
  timeOrNull,
} from './values.ts';

const MINUTES_PER_DAY = 1440;
/** What the old bot called a reminder that it made of an announcement: a robot, and then this. */
const OF_ANNOUNCEMENT = /^\W*Auto - /u;

/** When a reminder happens, or why it never does. */
type When =
  | {
      readonly schedule: Pick<Definition, 'eventTime' | 'callTime' | 'days'>;
      readonly offsetMinutes: number | null;
      readonly repairs: readonly string[];
    }
  | { readonly left: string };

/** What waits to be sent. */
export const remindersImport: TableImport = {
  table: 'reminders',
  needs: ['id', 'guild_id', 'name', 'channel_id', ['time', 'call_time', 'event_time']],
  columns: [
    'id',
    'guild_id',
    'name',
    'channel_id',
    'time',
    'call_time',
    'days',
    'message',
    'created_by',
    'origin_channel_id',
    'origin_message_id',
    'event_time',
    'location',
    'last_sent_at',
    'completed',
    'image_url',
  ],
  orderedBy: ['id', 'guild_id'],
  async run(context, rows) {
    const settingsOf = new Map<string, Overrides>();
    for await (const row of rows) {
      const place = placeOf(context, row);
      if (place === null) continue;
      if ((await importedAs(context.trx, place)) !== null) {
        context.tally.already();
        continue;
      }
      const overrides = settingsOf.get(place.guildId) ?? (await inOldZone(context, place.guildId));
      settingsOf.set(place.guildId, overrides);
      const zone = effectiveValue(overrides, 'system.timezone');
      const made = definitionOf(context, row, place.guildId, overrides);
      if ('left' in made) {
        context.tally.left(made.left, place.id);
        continue;
      }
      const { definition, repairs } = made;
      const same = await ofSamePost(context, definition);
      if (same !== null) {
        // It stays, also when that one is deleted here.
        await noteImported(context.trx, place, same, context.now);
        context.tally.left('another reminder is of the same announcement', place.id);
        continue;
      }
      const reminder = await defineReminder(context.trx, definition, zone, context.now);
      const sentAt = instantOrNull(row['last_sent_at']);
      if (sentAt !== null)
        await context.trx
          .updateTable('reminders')
          .set({ last_sent_at: sentAt })
          .where('guild_id', '=', place.guildId)
          .where('id', '=', reminder.id)
          .execute();
      await noteAnnouncement(context, definition, reminder.id);
      await noteImported(context.trx, place, reminder.id, context.now);
      const keepsClock = definition.eventTime === null && zone !== context.zone;
      context.tally.came(place.id, [
        ...repairs,
        ...(keepsClock
          ? [`keeps its time of day, which is now in the server's own zone and not in ${context.zone}`]
          : []),
      ]);
    }
  },
};

/** The settings of a server. One that has chosen no zone of its own gets the old bot's, or its reminders would move. */
async function inOldZone({ trx, zone, now }: ImportContext, guildId: string): Promise<Overrides> {
  await lockSettings(trx, guildId);
  const overrides = await holdSettings(trx, guildId);
  const key = 'system.timezone';
  if (overrides.has(key) || effectiveValue(overrides, key) === zone) return overrides;
  await writeChange(trx, {
    guildId,
    key,
    type: 'timezone',
    oldValue: null,
    newValue: zone,
    changedBy: '0',
    changedAt: now,
    reverts: null,
  });
  return new Map([...overrides, [key, zone]]);
}

function definitionOf(
  context: ImportContext,
  row: OldRow,
  guildId: string,
  overrides: Overrides,
): { readonly definition: Definition; readonly repairs: readonly string[] } | { readonly left: string } {
  if (booleanOrNull(row['completed']) === true) return { left: 'it was marked as done' };
  const channelId = idOf(row['channel_id']);
  if (channelId === null) return { left: 'it names no channel' };
  const when = whenOf(context, row);
  if ('left' in when) return when;

  const texts = textsOf(row);
  if (texts === null) return { left: 'it has no name' };
  const originMessageId = idOf(row['origin_message_id']);
  const originChannelId = originMessageId === null ? null : (idOf(row['origin_channel_id']) ?? channelId);
  const isAnnounced = originMessageId !== null && OF_ANNOUNCEMENT.test(row['name'] ?? '');
  return {
    definition: {
      guildId,
      channelId,
      createdBy: personOf(row['created_by']),
      name: texts.name,
      message: texts.message,
      location: texts.location,
      ...when.schedule,
      offsetMinutes: when.offsetMinutes ?? effectiveValue(overrides, 'reminders.offset_minutes'),
      preAlerts: effectiveValue(overrides, 'reminders.pre_alerts'),
      rrule: null,
      recursFrom: null,
      recursUntil: null,
      recipientId: null,
      // It was one setting for all reminders of a server.
      mentionEveryone: effectiveValue(overrides, 'reminders.allow_everyone_mentions'),
      source: isAnnounced ? 'announcement' : 'command',
      originChannelId,
      originMessageId,
    },
    repairs: [
      ...when.repairs,
      ...(texts.isCut ? ['its text was too long and is cut'] : []),
      ...((row['image_url'] ?? '') === '' ? [] : ['comes without its picture']),
    ],
  };
}

/** What it says; null where that is nothing that a person could read. */
function textsOf(row: OldRow): (ReturnType<typeof readTexts> & { readonly isCut: boolean }) | null {
  const name = fitted((row['name'] ?? '').replaceAll(/\s+/g, ' '), NAME_MAX);
  const message = fitted(row['message'] ?? '', MESSAGE_MAX);
  const place = row['location']?.trim() ?? '';
  const location = fitted(place === '-' ? '' : place, LOCATION_MAX);
  try {
    const texts = readTexts({ name: name.text, message: message.text, location: location.text });
    return { ...texts, isCut: name.isCut || message.isCut || location.isCut };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** `time` was when it was sent, `call_time` when the event begins, both on the clock of the old bot's zone. */
function whenOf({ zone, now }: ImportContext, row: OldRow): When {
  const [sendTime, callTime] = [timeOrNull(row['time']), timeOrNull(row['call_time'])];
  const eventTime = instantOrNull(row['event_time']);
  const named = daysOf(row['days']);
  if (eventTime === null) {
    const time = callTime ?? sendTime;
    if (time === null) return { left: 'it has no time' };
    if (named.days.length === 0) return { left: 'it names no day and no date, so it never came' };
    return {
      schedule: { eventTime: null, callTime: time, days: named.days },
      offsetMinutes: offsetOf(sendTime, time) ?? 0,
      repairs: [
        ...(named.areWords ? ['named its days in words'] : []),
        ...(named.hasUnknown ? ['named something that is no day'] : []),
      ],
    };
  }
  const local = wallClockOf(eventTime, zone);
  // Whoever edited one changed the time of day alone; on that it was sent.
  const time = callTime ?? local.time;
  const eventAt = time === local.time ? eventTime : instantOf({ date: local.date, time }, zone).instant;
  if (eventAt <= now)
    return {
      left:
        named.days.length === 0
          ? 'it is over'
          : 'it is over; it named days, but the Python bot sent it on its date alone',
    };
  return {
    schedule: { eventTime: eventAt, callTime: time, days: [] },
    offsetMinutes: offsetOf(sendTime, time),
    repairs: [
      ...(time === local.time ? [] : ['its date had another time of day than it was sent at']),
      ...(named.days.length === 0 ? [] : ['named days beside its date; the date counted']),
    ],
  };
}

/** Minutes from when it was sent to the event; null when that is not known. */
function offsetOf(sendTime: string | null, callTime: string): number | null {
  if (sendTime === null) return null;
  return (minutesOfDay(callTime) - minutesOfDay(sendTime) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
}

/** Days of the week from a list of digits or of names in either language, or from one text of them. */
function daysOf(stored: string | null | undefined): {
  readonly days: readonly number[];
  readonly areWords: boolean;
  readonly hasUnknown: boolean;
} {
  const list = jsonOf(stored);
  const words = Array.isArray(list) ? list.map(String) : [stored ?? ''];
  const read = words.filter((word) => word.trim() !== '').map(parseDaysString);
  return {
    days: [...new Set(read.flatMap(({ ok, ...one }) => (ok && 'days' in one ? one.days : [])))].sort(
      (a, b) => a - b,
    ),
    areWords: words.some((word) => /\p{L}/u.test(word)),
    hasUnknown: read.some(({ ok }) => !ok),
  };
}

/** The reminder that there is of the announcement, from the old bot or made here. */
async function ofSamePost({ trx }: ImportContext, definition: Definition): Promise<number | null> {
  if (definition.source !== 'announcement') return null;
  const row = await trx
    .selectFrom('reminders')
    .select('id')
    .where('guild_id', '=', definition.guildId)
    .where('origin_message_id', '=', definition.originMessageId)
    .where('source', '=', 'announcement')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** So that the post makes no second reminder, and changes or cancels this one when it is edited or deleted. */
async function noteAnnouncement(
  { trx, now }: ImportContext,
  { guildId, createdBy, originChannelId, originMessageId, source }: Definition,
  reminderId: number,
): Promise<void> {
  if (source !== 'announcement' || originMessageId === null || originChannelId === null) return;
  await trx
    .insertInto('announcements')
    .values({
      guild_id: guildId,
      message_id: originMessageId,
      channel_id: originChannelId,
      author_id: createdBy,
      state: 'created',
      reminder_id: reminderId,
      posted_at: madeAt(originMessageId),
      read_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
