import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDatabase, type Database, type OpenDatabase } from '../../../src/lib/database/database.ts';
import { searchFaq } from '../../../src/lib/faq/search.ts';
import { heldOutEntries, heldOutUnanswered, tunedEntries, tunedUnanswered } from '../../lib/faq/labelled.ts';
import { plantEntries, scoreOf } from '../../lib/faq/score.ts';
import { quietLog } from '../../setup/quiet-log.ts';
import type { Measurement, Row } from '../measurement.ts';
import { figureOf, percentile, timesOf } from '../statistics.ts';

const GUILD = '1000';
const ENTRIES = 10_000;

const asks =
  (words: string, more: { isTyping?: boolean; guildId?: string } = {}) =>
  (db: Database): Promise<unknown> =>
    searchFaq(db, { guildId: GUILD, words, locale: 'nl', limit: more.isTyping === true ? 25 : 5, ...more });

const MEASURED: readonly (readonly [what: string, act: (db: Database) => Promise<unknown>])[] = [
  ['a question', asks('hoe kan ik mijn wachtwoord van de website opnieuw instellen?')],
  ['a typo', asks('pasword forgoten')],
  ['a word that a third of the entries have', asks('account')],
  ['a word that all answers have', asks('look')],
  ['a word that no entry has', asks('xylophone')],
  ['autocomplete, one letter', asks('w', { isTyping: true })],
  ['autocomplete, three letters', asks('wac', { isTyping: true })],
  ['autocomplete, two words', asks('account wachtw', { isTyping: true })],
  ['a question in a guild with ten entries', asks('account wachtwoord', { guildId: '3000' })],
];

/** How fast and how well the FAQ is searched. */
export const faq: Measurement = {
  name: 'faq',
  async run({ server, isQuick }) {
    const postgres = await openDatabase({
      url: await server.createDatabase(true),
      dataDirectory: '',
      log: quietLog,
      migrate: false,
    });
    const rows = [...(await measure(postgres, 'PostgreSQL', isQuick))];
    const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'alphapy-bench-'));
    try {
      const embedded = await openDatabase({ url: null, dataDirectory, log: quietLog });
      rows.push(...(await measure(embedded, 'embedded', isQuick)));
    } finally {
      await rm(dataDirectory, { recursive: true, force: true });
    }
    return rows;
  },
};

async function measure(database: OpenDatabase, where: string, isQuick: boolean): Promise<Row[]> {
  const { db } = database;
  try {
    const rows = where === 'PostgreSQL' ? await quality(db) : [];
    await plant(db);
    for (const [what, act] of MEASURED) {
      const [p50, p99]: number[][] = [[], []];
      for (let series = 0; series < 3; series += 1) {
        const samples = await timesOf(isQuick ? 10 : 50, () => act(db));
        p50?.push(percentile(samples, 0.5));
        p99?.push(percentile(samples, 0.99));
      }
      const named = `FAQ of ${ENTRIES.toLocaleString('en-US')} entries, ${what}, ${where}`;
      rows.push(
        { what: `${named}, p50`, unit: 'ms', figure: figureOf(p50 ?? []), bare: null },
        { what: `${named}, p99`, unit: 'ms', figure: figureOf(p99 ?? []), bare: null },
      );
    }
    return rows;
  } finally {
    await database.close();
  }
}

async function quality(db: Database): Promise<Row[]> {
  const ids = await plantEntries(db, [...tunedEntries, ...heldOutEntries]);
  const rows: Row[] = [];
  for (const [which, entries, none] of [
    ['by which it was tuned', tunedEntries, tunedUnanswered],
    ['held out', heldOutEntries, heldOutUnanswered],
  ] as const) {
    const score = await scoreOf(db, ids, entries, none);
    const of = (what: string, share: number): Row => ({
      what: `FAQ, ${which}, ${what}`,
      unit: '%',
      figure: figureOf([100 * share]),
      bare: null,
    });
    rows.push(
      of(`${score.questions} questions, entry among the first three`, score.recallAt3),
      of(`${score.questions} questions, entry offered before a ticket`, score.offered),
      of(`${score.questions} questions, only wrong ones offered`, score.wrongOffers),
      of(`${none.length} that nothing answers, something offered all the same`, score.falseOffers),
    );
  }
  return rows;
}

/** A guild with ten thousand entries, a third of which name the account; as many in another guild, and one with ten. */
async function plant(db: Database): Promise<void> {
  // Row by row these two take minutes.
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'faq_entries' and indexdef like '% USING gin %'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(db);
  await sql`
    insert into faq_entries (guild_id, title, summary, keywords, language, meanings, created_by)
    select guild,
      case n % 3 when 0 then 'Account ' else '' end || 'w' || left(md5(n::text || 'a'), 6) || ' ' || (array[
        'wachtwoord instellen', 'website openen', 'rol krijgen', 'premium betaling', 'event times', 'tournament rules', 'voice sound'
      ])[1 + n % 7] || ' ' || left(md5(n::text), 6),
      repeat('What to do about ' || left(md5(n::text || 'b'), 8) || ', and where to look for it. ', 8),
      array[left(md5(n::text || 'c'), 7), left(md5(n::text || 'd'), 7)],
      case n % 2 when 0 then 'nl' else 'en-US' end, case n % 7 when 0 then array['=password'] else '{}' end, 1
    from unnest(array[${GUILD}, 2000, 3000]::bigint[]) guild,
      generate_series(1, case guild when 3000 then 10 else ${ENTRIES}::int end) n`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
  await sql`vacuum analyze`.execute(db);
}
