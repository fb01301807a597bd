import { z } from 'zod';
import { instant, pageEnd, pageQuery, rowId, rowNumber, snowflake } from '#lib/http/shapes';
import { locales } from '#lib/i18n/translate';
import { KEYWORD_COUNT_MAX, KEYWORDS_MAX } from '../entry-text.ts';
import { ANSWER_MAX, TITLE_MAX } from '../queries.ts';

export const entryShape = z
  .object({
    id: rowId,
    title: z.string().meta({ description: 'The question.' }),
    answer: z.string(),
    keywords: z.array(z.string()),
    language: z.enum(locales),
    updated_at: instant,
  })
  .meta({ id: 'FaqEntry' });

export const entryPage = z.object({ entries: z.array(entryShape), ...pageEnd }).meta({ id: 'FaqPage' });

export const entryBody = z
  .strictObject({
    title: z.string().min(1).max(TITLE_MAX),
    answer: z.string().min(1).max(ANSWER_MAX),
    keywords: z.array(z.string().min(1).max(KEYWORDS_MAX)).max(KEYWORD_COUNT_MAX).optional(),
    language: z.enum(locales).meta({ description: 'In which it is written.' }),
  })
  .meta({ id: 'FaqEntryChange' });

export const listQuery = z.object(pageQuery);
export const guildPath = z.object({ guild_id: snowflake });
export const entryPath = z.object({ guild_id: snowflake, entry_id: rowNumber });
