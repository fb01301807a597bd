import { randomInt } from 'node:crypto';
import { ERASED_AFTER_DAYS } from '#db/personal-data';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import { UserError } from '#lib/errors/user-error';
import type { Locale } from '#lib/i18n/translate';
import type { Erased } from './erase.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Letters and digits that nobody takes for another one. */
const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_GROUPS = 4;
const CODE_GROUP_LENGTH = 4;

/** An erasure that a member asked for and that has not begun, or is under way. */
export interface PendingErasure {
  readonly id: string;
  /** Null: everywhere. */
  readonly guildId: string | null;
  readonly dueAt: Date;
  /** By which the receipt is found afterwards. */
  readonly code: string;
  readonly hasBegun: boolean;
}

/** What was done, to be read by whoever has its code. */
export interface Receipt extends Erased {
  readonly guildId: string | null;
  readonly requestedAt: string;
}

const PENDING_COLUMNS = ['id', 'guild_id', 'due_at', 'code', 'started_at'] as const;

/** What a member asked to be erased and still is to be, soonest first. */
export async function pendingErasures(db: Database, userId: string): Promise<PendingErasure[]> {
  const rows = await db
    .selectFrom('erasures')
    .select(PENDING_COLUMNS)
    .where('user_id', '=', userId)
    .where('kind', '=', 'asked')
    .where('done_at', 'is', null)
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    guildId: row.guild_id,
    dueAt: row.due_at,
    code: row.code ?? '',
    hasBegun: row.started_at !== null,
  }));
}

/**
 * Asks for an erasure, a week from now. One that is pending already and covers this one stands; one of a guild
 * keeps its day beside one of everything.
 * @param request.guildId null: everywhere.
 */
export async function requestErasure(
  db: Database,
  request: {
    readonly userId: string;
    readonly guildId: string | null;
    readonly locale: Locale;
    readonly now: Date;
  },
): Promise<PendingErasure> {
  const { userId, guildId, locale, now } = request;
  return db.transaction().execute(async (trx) => {
    await lockName(trx, `privacy:erasure:${userId}`);
    const pending = await pendingErasures(trx, userId);
    const covering = pending.find((other) => other.guildId === null || other.guildId === guildId);
    if (covering !== undefined) return covering;
    const { id, code, due_at } = await trx
      .insertInto('erasures')
      .values({
        kind: 'asked',
        user_id: userId,
        guild_id: guildId,
        locale,
        code: newCode(),
        requested_at: now,
        due_at: new Date(now.getTime() + ERASED_AFTER_DAYS.asked * DAY_MS),
      })
      .returning(['id', 'code', 'due_at'])
      .executeTakeFirstOrThrow();
    return { id, guildId, dueAt: due_at, code: code ?? '', hasBegun: false };
  });
}

const ROW_ID = /^\d{1,18}$/;

/**
 * Takes an erasure back.
 * @throws UserError when it has begun, or there is no such one of this member.
 */
export async function cancelErasure(db: Database, userId: string, id: string): Promise<void> {
  // It comes from the id of a button.
  if (!ROW_ID.test(id)) throw new UserError('privacy:erase.gone');
  const { numDeletedRows } = await db
    .deleteFrom('erasures')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('kind', '=', 'asked')
    .where('started_at', 'is', null)
    .executeTakeFirst();
  if (numDeletedRows > 0n) return;
  const pending = await pendingErasures(db, userId);
  throw new UserError(
    pending.some((other) => other.id === id) ? 'privacy:erase.tooLate' : 'privacy:erase.gone',
  );
}

/** The receipt with a code, as it was typed; undefined when there is none (any more, or yet). */
export async function findReceipt(
  db: Database,
  typed: string,
): Promise<{ readonly receipt: Receipt; readonly doneAt: Date } | undefined> {
  const plain = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const code = (plain.match(new RegExp(`.{1,${CODE_GROUP_LENGTH}}`, 'g')) ?? []).join('-');
  const row = await db
    .selectFrom('erasures')
    .select(['receipt', 'done_at'])
    .where('code', '=', code)
    .where('done_at', 'is not', null)
    .executeTakeFirst();
  const doneAt = row?.done_at ?? null;
  if (row === undefined || doneAt === null) return undefined;
  return { receipt: row.receipt as unknown as Receipt, doneAt };
}

function newCode(): string {
  const letter = (): string => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length));
  return Array.from({ length: CODE_GROUPS }, () =>
    Array.from({ length: CODE_GROUP_LENGTH }, letter).join(''),
  ).join('-');
}
