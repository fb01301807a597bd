import { z } from 'zod';
import { SNOWFLAKE } from '#lib/access/discord-id';
import type { ZodOpenApiOverrideMetaContext } from 'zod-openapi';

const ROW_ID_MAX = 2_147_483_647;

/** An id of Discord: of a guild, a channel, a role, a person. */
export const snowflake = z
  .string()
  .regex(SNOWFLAKE, 'is no id of Discord; those are strings of 15 to 19 digits')
  .meta({ example: '112233445566778899' });

/** A whole number from 1 on, in a path or a query. */
export const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,9})$/, 'is no whole number')
    .transform(Number)
    .pipe(z.number().min(1, 'must be at least 1').max(most, `must be at most ${most}`))
    .meta({
      override: ({ jsonSchema }: ZodOpenApiOverrideMetaContext) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: most });
      },
    });

/** The number of a row, in a path or a query. */
export const rowNumber = wholeNumber(ROW_ID_MAX);

/** The number of a row, in a body. */
export const rowId = z.number().int().min(1).max(ROW_ID_MAX);

/** The number of a row of a table that grows with everything that happens, as a string. */
export const longRowId = z.string().regex(/^(?:[1-9]\d{0,17}|[1-8]\d{18})$/, 'is no number of an entry');

/** An instant in an answer, in UTC. */
export const instant = z.iso.datetime().meta({ example: '2026-12-24T19:30:00.000Z' });

const PAGE_MAX = 100;
export const PAGE_DEFAULT = 50;

/** What every list takes besides its own: where to go on, and how many at once. */
export const pageQuery = {
  cursor: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'is no cursor of this list')
    .optional()
    .meta({ description: '`next_cursor` of the page before.' }),
  limit: wholeNumber(PAGE_MAX)
    .optional()
    .meta({ description: `At most so many; ${PAGE_DEFAULT} if left out.` }),
};

/** What every page has besides what it lists. */
export const pageEnd = {
  next_cursor: z.string().nullable().meta({ description: 'For the next page; null: there is none.' }),
};

/** What an answer says that has nothing else to say, as the seed has it. */
export const success = z.object({ success: z.literal(true) });
