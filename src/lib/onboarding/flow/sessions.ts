import type { Insertable, Selectable, Transaction } from 'kysely';
import type { DB, OnboardingSessions } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { UserError } from '#lib/errors/user-error';
import type { SettingValue } from '#lib/settings/definitions';
import type { Answers } from '../answers.ts';
import { rulesHash, type Content } from '../content.ts';
import { readDraft } from '../drafts.ts';
import { readNewestVersion, readVersion } from '../versions.ts';
import { isReady, pagesOf, rulesOf, screenOf, stillValid, type Mode, type Progress } from './flow.ts';

/** A member on their way through. */
export interface Session extends Progress {
  readonly id: string;
  readonly guildId: string;
  readonly userId: string;
  readonly content: Content;
  /** Null in a preview. */
  readonly version: number | null;
  readonly isFinished: boolean;
}

/** How a session came about. */
export type Begun = 'new' | 'resumed' | 'again';

interface Who {
  readonly guildId: string;
  readonly userId: string;
}

/** Goes on where a member stopped, or begins; with the answers of an earlier time, as far as the questions are the same. */
export async function begin(
  db: Database,
  { guildId, userId }: Who,
  setting: SettingValue<'onboarding.mode'>,
  now: Date,
): Promise<{ readonly session: Session; readonly begun: Begun }> {
  if (setting === 'disabled') throw new UserError('onboarding:off');
  return db.transaction().execute(async (trx) => {
    // Of two presses one begins and the other goes on.
    await lockName(trx, `onboarding:${guildId}:${userId}`);
    const open = await openSession(trx, guildId, userId);
    if (open !== null) return { session: open, begun: 'resumed' };
    const newest = await readNewestVersion(trx, guildId);
    if (newest === null || !isReady(newest.content, setting)) throw new UserError('onboarding:notReady');
    const { version, content } = newest;
    const before = await trx
      .selectFrom('onboarding')
      .select(['responses', 'version'])
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    const beforeContent = before === undefined ? null : await readVersion(trx, guildId, before.version);
    const answers =
      before === undefined || beforeContent === null
        ? {}
        : stillValid(beforeContent, content, before.responses as unknown as Answers);
    const acceptedAt = await acceptedRulesAt(trx, guildId, userId, content);
    const progress = {
      mode: setting,
      areRulesAccepted: acceptedAt !== null,
      place: null,
      answers,
      typed: {},
    };
    const isNothingLeft =
      screenOf(content, progress).kind === 'summary' && pagesOf(content, progress).length === 0;
    if (before !== undefined && isNothingLeft) throw new UserError('onboarding:done.already');
    const session = await insertSession(trx, {
      guild_id: guildId,
      user_id: userId,
      version,
      mode: setting,
      answers: JSON.stringify(answers),
      started_at: now,
      rules_accepted_at: acceptedAt,
      updated_at: now,
    });
    return { session: toSession(session, content), begun: before === undefined ? 'new' : 'again' };
  });
}

/** Begins to show an admin what members would see if the drafts were published; an earlier preview of theirs ends. */
export async function beginPreview(
  db: Database,
  { guildId, userId }: Who,
  setting: SettingValue<'onboarding.mode'>,
  now: Date,
): Promise<Session> {
  const mode: Mode = setting === 'disabled' ? 'rules_with_questions' : setting;
  return db.transaction().execute(async (trx) => {
    await lockName(trx, `onboarding:${guildId}:${userId}`);
    await trx
      .deleteFrom('onboarding_sessions')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .where('preview', 'is not', null)
      .execute();
    const content = await readDraft(trx, guildId);
    const shown = { ...content, questions: content.questions.filter(canBeAsked) };
    if (!isReady(shown, mode)) throw new UserError('onboarding:nothingToPreview');
    const session = await insertSession(trx, {
      guild_id: guildId,
      user_id: userId,
      preview: JSON.stringify(shown),
      mode,
      started_at: now,
      updated_at: now,
    });
    return toSession(session, shown);
  });
}

/** A list without options cannot be shown; publishing refuses it. */
function canBeAsked({ type, options }: Content['questions'][number]): boolean {
  return (type !== 'select' && type !== 'multiselect') || options.length > 0;
}

/** When a member accepted rules that read as these do; null when they have not. */
async function acceptedRulesAt(
  trx: Transaction<DB>,
  guildId: string,
  userId: string,
  { rules }: Content,
): Promise<Date | null> {
  const row = await trx
    .selectFrom('rule_acceptances')
    .select(['rules_hash', 'accepted_at'])
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.rules_hash === rulesHash(rules) ? row.accepted_at : null;
}

async function insertSession(
  trx: Transaction<DB>,
  values: Insertable<OnboardingSessions>,
): Promise<Selectable<OnboardingSessions>> {
  return trx.insertInto('onboarding_sessions').values(values).returningAll().executeTakeFirstOrThrow();
}

/** Sessions with what they go through, each locked until the transaction ends. */
function lockedSessions(trx: Transaction<DB>, guildId: string) {
  return trx
    .selectFrom('onboarding_sessions as session')
    .leftJoin('onboarding_versions as published', (join) =>
      join
        .onRef('published.guild_id', '=', 'session.guild_id')
        .onRef('published.version', '=', 'session.version'),
    )
    .selectAll('session')
    .select('published.content as published')
    .where('session.guild_id', '=', guildId)
    .forUpdate('session');
}

async function openSession(trx: Transaction<DB>, guildId: string, userId: string): Promise<Session | null> {
  const row = await lockedSessions(trx, guildId)
    .where('session.user_id', '=', userId)
    .where('session.finished_at', 'is', null)
    .where('session.preview', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : toSession(row, contentOf(row));
}

/**
 * A session by its id, locked until the transaction ends.
 * @throws UserError when it is gone, or another member's.
 */
export async function lockSession(
  trx: Transaction<DB>,
  id: string,
  { guildId, userId }: Who,
): Promise<Session> {
  const row = /^\d{1,18}$/.test(id)
    ? await lockedSessions(trx, guildId).where('session.id', '=', id).executeTakeFirst()
    : undefined;
  if (row === undefined) throw new UserError('onboarding:gone');
  if (row.user_id !== userId) throw new UserError('onboarding:notYours');
  return toSession(row, contentOf(row));
}

/** A member's is in the version, an admin's in the session itself. */
function contentOf({ published, preview }: { published: unknown; preview: unknown }): Content {
  return (published ?? preview) as Content;
}

function toSession(row: Selectable<OnboardingSessions>, content: Content): Session {
  return {
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    content,
    version: row.version,
    mode: row.mode as Mode,
    areRulesAccepted: row.rules_accepted_at !== null,
    place: row.place,
    answers: row.answers as unknown as Answers,
    typed: row.typed as unknown as Progress['typed'],
    isFinished: row.finished_at !== null,
  };
}

/** Writes how far a member is now. */
export async function writeProgress(
  trx: Transaction<DB>,
  session: Session,
  progress: Progress,
  now: Date,
): Promise<Session> {
  await trx
    .updateTable('onboarding_sessions')
    .set({
      place: progress.place,
      answers: JSON.stringify(progress.answers),
      typed: JSON.stringify(progress.typed),
      passed: passedQuestions(session.content, progress),
      updated_at: now,
    })
    .where('id', '=', session.id)
    .where('guild_id', '=', session.guildId)
    .execute();
  return { ...session, ...progress };
}

/** The questions that are done with, for the figures of the funnel. */
function passedQuestions(content: Content, progress: Progress): number[] {
  const screen = screenOf(content, { ...progress, place: null });
  const pages = pagesOf(content, progress);
  const done = screen.kind === 'page' ? pages.slice(0, screen.step - 1) : pages;
  const ids = done.flatMap((page) =>
    page.kind === 'choice' ? [page.question.id] : page.fields.map(({ question }) => question.id),
  );
  return [...new Set(ids)];
}

/** Writes that a member accepted the rules, in the ledger as well. Accepted before, it stays as it is. */
export async function acceptRules(
  trx: Transaction<DB>,
  session: Session,
  locale: string,
  now: Date,
): Promise<Session> {
  if (session.areRulesAccepted) return session;
  await trx
    .updateTable('onboarding_sessions')
    .set({ rules_accepted_at: now, updated_at: now })
    .where('id', '=', session.id)
    .where('guild_id', '=', session.guildId)
    .execute();
  if (session.version !== null)
    await trx
      .insertInto('rule_acceptances')
      .values({
        guild_id: session.guildId,
        user_id: session.userId,
        version: session.version,
        rules_hash: rulesHash(rulesOf(session.content, session.mode)),
        locale,
        accepted_at: now,
      })
      .execute();
  return { ...session, areRulesAccepted: true };
}
