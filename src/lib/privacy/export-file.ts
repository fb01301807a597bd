import { DateTime } from 'luxon';
import { promisify } from 'node:util';
import { strToU8, zip, type AsyncZippable } from 'fflate';
import { translator, type Locale, type Translate } from '#lib/i18n/translate';
import { escapeHtml } from '#lib/text/escape-html';
import { personalData } from '#db/personal-data';
import type { ExportedRow, ExportedTable } from './export.ts';
import { erasedText, keptText, tableContent, tableName } from './views.ts';

const zipped = promisify(
  zip as (files: AsyncZippable, done: (error: Error | null, data: Uint8Array) => void) => void,
);

export interface ExportDescription {
  readonly userId: string;
  readonly botName: string;
  readonly locale: Locale;
  readonly at: Date;
  /** The name of a guild; undefined where the bot is no more. */
  readonly nameOf: (guildId: string) => string | undefined;
}

/** A member's data in one zip: as JSON, and as a page that opens in any browser and loads nothing. */
export async function exportFile(
  tables: readonly ExportedTable[],
  about: ExportDescription,
): Promise<Buffer> {
  const t = translator(about.locale);
  const data = await zipped({
    'my-data.json': strToU8(exportJson(t, tables, about)),
    'my-data.html': strToU8(exportHtml(t, tables, about)),
  });
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function exportJson(
  t: Translate,
  tables: readonly ExportedTable[],
  { userId, at }: ExportDescription,
): string {
  const described = tables.map(({ table, rows }) => [
    table,
    {
      name: tableName(t, table),
      what: tableContent(t, table),
      why: purposeText(t, table),
      kept: keptText(t, table),
      erasure: erasedText(t, table),
      rows,
    },
  ]);
  return JSON.stringify(
    { user_id: userId, exported_at: at.toISOString(), tables: Object.fromEntries(described) as unknown },
    null,
    2,
  );
}

function purposeText(t: Translate, table: ExportedTable['table']): string {
  return t(`privacy:purpose.${personalData[table].purpose}`).replaceAll('**', '');
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #767676; }
article { margin: 1rem 0; padding: .5rem 1rem; border: 1px solid #c8c8c8; border-radius: .5rem; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .2rem 1rem; margin: 0; }
dt { color: #595959; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #f0f0f0; background: #1a1a1a; } dt { color: #b0b0b0; } }
`;

function exportHtml(t: Translate, tables: readonly ExportedTable[], about: ExportDescription): string {
  const { botName, locale, at } = about;
  const title = escapeHtml(t('privacy:export.title', { bot: botName }));
  const sections = tables.map(
    ({ table, rows }) => `<section>
<h2>${escapeHtml(tableName(t, table))} (${rows.length})</h2>
<p>${escapeHtml([tableContent(t, table), purposeText(t, table), keptText(t, table), erasedText(t, table)].join(' '))}</p>
${rows.map((row) => articleOf(t, row, about)).join('\n')}
</section>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${escapeHtml(t('privacy:export.about', { when: dateText(at, locale) }))}</p>
${tables.length === 0 ? `<p>${escapeHtml(t('privacy:export.nothing'))}</p>` : sections.join('\n')}
</body>
</html>
`;
}

function articleOf(t: Translate, row: ExportedRow, { locale, nameOf }: ExportDescription): string {
  const guildId = row['guild_id'];
  const place =
    typeof guildId === 'string'
      ? t('privacy:export.server', { server: nameOf(guildId) ?? guildId })
      : t('privacy:export.nowhere');
  const lines = Object.entries(row).map(
    ([name, value]) =>
      `<dt>${escapeHtml(name.replaceAll('_', ' '))}</dt><dd>${escapeHtml(valueText(value, locale))}</dd>`,
  );
  return `<article><h3>${escapeHtml(place)}</h3><dl>${lines.join('')}</dl></article>`;
}

function valueText(value: unknown, locale: Locale): string {
  if (value instanceof Date) return dateText(value, locale);
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, 1);
}

function dateText(at: Date, locale: Locale): string {
  const text = DateTime.fromJSDate(at, { zone: 'utc' })
    .setLocale(locale)
    .toLocaleString(DateTime.DATETIME_MED_WITH_SECONDS);
  return `${text} UTC`;
}
