import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { ComponentType } from 'discord.js';
import type { Database } from '#lib/database/database';
import type { Locale } from '#lib/i18n/translate';
import type { LogEntry } from '#lib/log-channel/log-channel';
import { plainText, safeEmbedText, truncate } from '#lib/text/sanitize';
import { termsOfEach } from '#lib/words/terms';
import { row } from '#lib/ui/components';
import { SELECT_OPTION_TEXT_MAX } from '#lib/ui/limits';
import { faqIds } from './custom-ids.ts';
import type { FaqDeps } from './deps.ts';
import { nextNoteAt, type Search } from './logs.ts';
import { searchFaq } from './search.ts';

const NOTES_PER_SWEEP = 10;
/** Longer than a request takes with its repetitions. */
const LEASE_MS = 60_000;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 6 * 60 * 60_000;
/** With these waits two days; then it is the next week's. */
const ATTEMPTS_MAX = 16;
/** No attempt at the same note is older; a note that was put off may have been posted. */
const RETRIED_MS = 3 * 24 * 60 * 60_000;
const WEEK_MS = 7 * 24 * 60 * 60_000;
/** The newest searches that are looked at, and what is shown of them. */
const SEARCHES_READ = 500;
const QUESTIONS_SHOWN = 15;

interface DueNote {
  readonly guildId: string;
  readonly since: Date;
  /** How often it was tried, this time included; it names the claim. */
  readonly attempts: number;
}

/** What was searched for in vain, however it was worded. */
export interface Question extends Search {
  readonly times: number;
}

/** Tells the log channels once a week what members searched for in vain. Never throws for what Discord refuses. */
export async function postNotes(deps: FaqDeps): Promise<void> {
  for (const note of await claimNotes(deps.db, deps.clock.now())) {
    try {
      await postNote(deps, note);
    } catch (error) {
      // The lease runs out by itself and it is tried again; Discord takes a nonce twice for once.
      deps.log.error({ err: error, guildId: note.guildId }, 'faq: a weekly note could not be posted');
    }
  }
}

async function postNote({ db, settings, logChannel, clock }: FaqDeps, note: DueNote): Promise<void> {
  const { guildId, since, attempts } = note;
  const until = clock.now();
  const language = await settings.get(guildId, 'system.language');
  const questions = await unansweredQuestions(db, guildId, { since, until }, language);
  let outcome: 'posted' | 'nowhere' | 'failed' = 'nowhere';
  if (questions.length > 0) {
    const offers = await offersOf(db, guildId, until);
    outcome = await logChannel.deliver(guildId, 'info', noteEntry(questions, offers), {
      nonce: createHash('sha256').update(`${guildId}:${since.getTime()}`).digest('base64url').slice(0, 24),
      attempt: { attempts, since: new Date(until.getTime() - RETRIED_MS) },
      components: (t) => [
        row({
          type: ComponentType.StringSelect,
          custom_id: faqIds.build('write', {}),
          placeholder: t('faq:note.write'),
          options: questions.map(({ id, query }) => ({
            label: truncate(plainText(query), SELECT_OPTION_TEXT_MAX),
            value: id,
          })),
        }),
      ],
    });
  }
  if (outcome === 'failed' && attempts < ATTEMPTS_MAX) {
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    return retryNote(db, note, new Date(clock.now().getTime() + waitMs));
  }
  const zone = await settings.get(guildId, 'system.timezone');
  await settleNote(db, note, until, nextNoteAt(until, zone));
}

/** What was searched for in vain and still finds nothing, the most often first. */
export async function unansweredQuestions(
  db: Database,
  guildId: string,
  { since, until }: { readonly since: Date; readonly until: Date },
  locale: Locale,
): Promise<Question[]> {
  const searches = await db
    .selectFrom('faq_search_logs')
    .select(['id', 'query'])
    .where('guild_id', '=', guildId)
    .where('found', '=', 0)
    .where('created_at', '>=', since)
    .where('created_at', '<', until)
    .orderBy('created_at', 'desc')
    .limit(SEARCHES_READ)
    .execute();
  const groups = new Map<string, Question>();
  const terms = await termsOfEach(
    db,
    searches.map(({ query }) => query),
  );
  for (const [index, { id, query }] of searches.entries()) {
    const key = terms[index]?.toSorted().join(' ') ?? '';
    if (key === '') continue;
    groups.set(key, { id, query, times: (groups.get(key)?.times ?? 0) + 1 });
  }
  const questions: Question[] = [];
  for (const question of [...groups.values()].toSorted((one, other) => other.times - one.times)) {
    const [answered] = await searchFaq(db, { guildId, words: question.query, locale, limit: 1 });
    if (answered === undefined) questions.push(question);
    if (questions.length === QUESTIONS_SHOWN) break;
  }
  return questions;
}

interface Offers {
  readonly offered: number;
  readonly solved: number;
}

async function offersOf(db: Database, guildId: string, now: Date): Promise<Offers> {
  const since = new Date(now.getTime() - WEEK_MS).toISOString().slice(0, 10);
  const sums = await db
    .selectFrom('faq_counts')
    .select((eb) => [
      eb.fn.sum<string | null>('offered').as('offered'),
      eb.fn.sum<string | null>('solved').as('solved'),
    ])
    .where('guild_id', '=', guildId)
    .where('day', '>', since)
    .executeTakeFirst();
  return { offered: Number(sums?.offered ?? 0), solved: Number(sums?.solved ?? 0) };
}

function noteEntry(questions: readonly Question[], offers: Offers): LogEntry {
  return (t) => ({
    title: t('faq:note.title'),
    description: [
      t('faq:note.intro'),
      ...questions.map(({ query, times }) =>
        t('faq:note.line', { query: safeEmbedText(query), count: times }),
      ),
      ...(offers.offered > 0 ? ['', t('faq:note.offers', { ...offers })] : []),
    ].join('\n'),
  });
}

async function claimNotes(db: Database, now: Date): Promise<DueNote[]> {
  const rows = await db
    .with('due', (cte) =>
      cte
        .selectFrom('faq_notes')
        .select('guild_id')
        .where('due_at', '<=', now)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('due_at')
        .limit(NOTES_PER_SWEEP)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('faq_notes')
    .from('due')
    .whereRef('faq_notes.guild_id', '=', 'due.guild_id')
    .set((eb) => ({
      leased_until: new Date(now.getTime() + LEASE_MS),
      attempts: eb('faq_notes.attempts', '+', 1),
    }))
    .returning(['faq_notes.guild_id', 'faq_notes.since', 'faq_notes.attempts'])
    .execute();
  return rows.map(({ guild_id: guildId, since, attempts }) => ({ guildId, since, attempts }));
}

async function retryNote(db: Database, { guildId, attempts }: DueNote, dueAt: Date): Promise<void> {
  await db
    .updateTable('faq_notes')
    .set({ due_at: dueAt, leased_until: null })
    .where('guild_id', '=', guildId)
    .where('attempts', '=', attempts)
    .execute();
}

/** Settles a claim; what was searched for in vain meanwhile is the next week's. */
async function settleNote(
  db: Database,
  { guildId, attempts }: DueNote,
  until: Date,
  nextAt: Date,
): Promise<void> {
  await sql`
    update faq_notes
    set since = ${until}, leased_until = null, attempts = 0, due_at = (
      select ${nextAt}::timestamptz from faq_search_logs
      where guild_id = ${guildId} and created_at >= ${until} and found = 0 limit 1
    )
    where guild_id = ${guildId} and attempts = ${attempts}`.execute(db);
}
