import { z } from 'zod';
import { instant, pageEnd, pageQuery, rowId, rowNumber, snowflake } from '#lib/http/shapes';
import { LOCATION_MAX, MESSAGE_MAX, NAME_MAX } from '../create.ts';
import { WHEN_MAX } from '../when.ts';

const day = z.enum(['0', '1', '2', '3', '4', '5', '6']);
const HOUR_AND_MINUTE = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A reminder as the API shows it. */
export const reminderShape = z
  .object({
    id: rowId,
    guild_id: snowflake,
    user_id: z.string().meta({ description: 'Who made it.' }),
    recipient_id: snowflake
      .nullable()
      .meta({ description: 'Whom it goes to by direct message; null: it goes to its channel.' }),
    channel_id: snowflake.nullable(),
    name: z.string().meta({ example: 'Quiz night' }),
    message: z.string(),
    location: z.string().nullable(),
    time: z
      .string()
      .regex(HOUR_AND_MINUTE)
      .meta({ description: "When it happens, in the server's time zone.", example: '19:30' }),
    days: z.array(day).meta({
      description: 'Days of the week, 0 Monday to 6 Sunday; empty when it happens once or by `rrule`.',
    }),
    rrule: z.string().nullable().meta({ description: 'What days cannot say, as in RFC 5545.' }),
    from: z.iso.date().nullable(),
    until: z.iso.date().nullable(),
    event_time: instant.nullable().meta({ description: 'When it happens, of one that happens once.' }),
    mention_everyone: z.boolean(),
    paused_at: instant.nullable(),
    source: z.enum(['command', 'announcement', 'snooze']),
    next_send_at: instant.nullable().meta({ description: 'When its next message is due; null: none is.' }),
    version: z.string().meta({ description: 'Another one after each change; for `If-Match`.' }),
  })
  .meta({ id: 'Reminder' });

export const reminderPage = z
  .object({ reminders: z.array(reminderShape), ...pageEnd })
  .meta({ id: 'ReminderPage' });

export const listQuery = z.object({ ...pageQuery, guild_id: snowflake.optional() });

const texts = {
  name: z.string().min(1).max(NAME_MAX).meta({ example: 'Quiz night' }),
  message: z.string().max(MESSAGE_MAX).nullish(),
  location: z.string().max(LOCATION_MAX).nullish(),
};

const moment = {
  time: z.string().max(WHEN_MAX).optional().meta({
    description: "A time of day in the server's time zone; with `days` it comes back.",
    example: '19:30',
  }),
  days: z
    .array(day)
    .max(7)
    .optional()
    .meta({ description: 'With `time`: days of the week, 0 Monday to 6 Sunday.', example: ['0', '3'] }),
  date: z.iso.date().optional().meta({ description: 'With `time`: the day of one that happens once.' }),
  event_time: z.iso
    .datetime({ offset: true })
    .nullish()
    .meta({ description: 'The instant of one that happens once, with its zone; seconds are left out.' }),
  when: z
    .string()
    .min(1)
    .max(WHEN_MAX)
    .optional()
    .meta({ description: 'In words, as in /add_reminder.', example: 'every other friday 19:30' }),
};

type Moment = z.output<z.ZodObject<typeof moment>>;

function ways({ time, event_time: eventTime, when }: Moment): number {
  return [time, eventTime ?? undefined, when].filter((one) => one !== undefined).length;
}
const ONE_WAY = 'say when in one way: `time` with `days` or `date`, `event_time`, or `when`';
const goesWithTime = ({ time, days = [], date }: Moment): boolean =>
  time !== undefined || (days.length === 0 && date === undefined);
const NEEDS_TIME = '`days` and `date` go with `time`';

export const createBody = z
  .strictObject({
    guild_id: snowflake,
    channel_id: snowflake.nullish().meta({ description: "Left out: the server's channel for reminders." }),
    private: z.boolean().optional().meta({ description: 'Send it to me alone, by direct message.' }),
    mention_everyone: z.boolean().optional(),
    user_id: snowflake.optional().meta({ description: 'Yourself; nobody else can be named.' }),
    ...texts,
    ...moment,
  })
  .refine((body) => ways(body) === 1, ONE_WAY)
  .refine(goesWithTime, NEEDS_TIME)
  .meta({ id: 'NewReminder' });

const changeFields = {
  user_id: snowflake.optional().meta({ description: 'Who made it; nobody else can be named.' }),
  channel_id: snowflake.nullish().meta({ description: 'Left out: it stays where it is.' }),
  ...texts,
  ...moment,
};

export const changeBody = z
  .strictObject(changeFields)
  .refine((body) => ways(body) <= 1, ONE_WAY)
  .refine(goesWithTime, NEEDS_TIME)
  .meta({ id: 'ReminderChange', description: 'When it happens stays as it is when nothing of it is said.' });

export const changeWithIdBody = z
  .strictObject({ id: rowId, ...changeFields })
  .refine((body) => ways(body) <= 1, ONE_WAY)
  .refine(goesWithTime, NEEDS_TIME)
  .meta({ id: 'ReminderChangeWithId' });

export const reminderPath = z.object({ id: rowNumber });
export const personPath = z.object({ id: snowflake });
export const seedDeletePath = z.object({ reminder_id: rowNumber, created_by: snowflake });

export type NewReminderBody = z.output<typeof createBody>;
export type ReminderChangeBody = z.output<typeof changeBody>;
