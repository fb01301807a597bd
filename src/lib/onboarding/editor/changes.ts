import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { movedBy } from '#lib/ui/editing';
import { OPTIONS_MAX, isChosen, type Option } from '../content.ts';
import { storedOptions, type QuestionDraft } from '../drafts.ts';
import {
  checkOption,
  checkQuestion,
  checkRule,
  type OptionInput,
  type QuestionInput,
  type QuestionValues,
  type RuleInput,
  type RuleValues,
} from './checks.ts';
import { optionValue } from './option-value.ts';
import {
  changeDrafts,
  laterThan,
  readList,
  requireRoom,
  requireRow,
  requireSeen,
  type Seen,
} from './rows.ts';

/** The columns of what a rule says. */
export const ruleColumns = ({ title, description, imageUrl }: RuleValues) => ({
  title,
  description,
  image_url: imageUrl,
});

/** The columns of a question, but for its options. */
export const questionColumns = ({ type, text, help, required, isPrivate }: QuestionValues) => ({
  question_type: type,
  question: text,
  help,
  required,
  is_private: isPrivate,
});

/** Writes a rule behind the others. */
export async function insertRule(
  trx: Transaction<DB>,
  guildId: string,
  values: RuleValues,
  place: number,
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('guild_rules')
    .values({
      guild_id: guildId,
      rule_order: place,
      ...ruleColumns(values),
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes a question behind the others. */
export async function insertQuestion(
  trx: Transaction<DB>,
  guildId: string,
  values: QuestionValues & { readonly options: readonly Option[] },
  place: number,
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('guild_onboarding_questions')
    .values({
      guild_id: guildId,
      step_order: place,
      ...questionColumns(values),
      ...storedOptions(values.options),
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Adds a rule at the end.
 * @returns its id.
 * @throws UserError when it cannot be shown so, or there is no room.
 */
export function addRule(db: Database, guildId: string, input: RuleInput, now: Date): Promise<number> {
  return changeDrafts(db, guildId, async (trx) => {
    const values = checkRule(input);
    const rows = await readList(trx, guildId, 'rules');
    requireRoom('rules', rows.length);
    return insertRule(trx, guildId, values, rows.length + 1, now);
  });
}

/**
 * Changes what a rule says.
 * @throws UserError when it cannot be shown so, is gone, or was changed since it was seen.
 */
export async function editRule(
  db: Database,
  guildId: string,
  seen: Seen,
  input: RuleInput,
  now: Date,
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const { row } = await requireSeen(trx, guildId, 'rules', seen);
    await trx
      .updateTable('guild_rules')
      .set({ ...ruleColumns(checkRule(input)), updated_at: laterThan(row.version, now) })
      .where('guild_id', '=', guildId)
      .where('id', '=', row.id)
      .execute();
  });
}

/**
 * Adds a question at the end, without options yet.
 * @returns its id.
 * @throws UserError when it cannot be shown so, or there is no room.
 */
export function addQuestion(db: Database, guildId: string, input: QuestionInput, now: Date): Promise<number> {
  return changeDrafts(db, guildId, async (trx) => {
    const values = checkQuestion(input);
    const rows = await readList(trx, guildId, 'questions');
    requireRoom('questions', rows.length);
    return insertQuestion(trx, guildId, { ...values, options: [] }, rows.length + 1, now);
  });
}

/**
 * Changes a question, but for its options.
 * @throws UserError when it cannot be shown so, its options would be lost, it is gone, or was changed since it was seen.
 */
export async function editQuestion(
  db: Database,
  guildId: string,
  seen: Seen,
  input: QuestionInput,
  now: Date,
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const { row } = await requireSeen(trx, guildId, 'questions', seen);
    await trx
      .updateTable('guild_onboarding_questions')
      .set({ ...questionColumns(checkQuestion(input, row.options)), updated_at: laterThan(row.version, now) })
      .where('guild_id', '=', guildId)
      .where('id', '=', row.id)
      .execute();
  });
}

async function writeOptions(
  trx: Transaction<DB>,
  guildId: string,
  { id, version }: QuestionDraft,
  options: readonly Option[],
  now: Date,
): Promise<void> {
  await trx
    .updateTable('guild_onboarding_questions')
    .set({ ...storedOptions(options), updated_at: laterThan(version, now) })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();
}

/**
 * Adds an option at the end of a question's.
 * @returns its value.
 * @throws UserError when it cannot be shown so, there is no room, or the question takes none.
 */
export function addOption(
  db: Database,
  guildId: string,
  questionId: number,
  input: OptionInput,
  now: Date,
): Promise<string> {
  return changeDrafts(db, guildId, async (trx) => {
    const { row } = await requireRow(trx, guildId, 'questions', questionId);
    requireRoomForOption(row);
    const values = checkOption(input, row.type, row.options);
    const value = optionValue(
      values.label,
      row.options.map((option) => option.value),
    );
    await writeOptions(trx, guildId, row, [...row.options, { value, ...values }], now);
    return value;
  });
}

/** @throws UserError when a question takes no further option. */
export function requireRoomForOption(question: QuestionDraft): void {
  if (!isChosen(question)) throw new UserError('onboarding-editor:invalid.noOptions');
  if (question.options.length >= OPTIONS_MAX)
    throw new UserError('onboarding-editor:invalid.fullOptions', { maximum: OPTIONS_MAX });
}

/** An option of a question as somebody saw it. */
export interface SeenOption extends Seen {
  readonly option: string;
}

/**
 * Changes an option; what is stored of it stays.
 * @throws UserError when it cannot be shown so, is gone, or its question was changed since it was seen.
 */
export async function editOption(
  db: Database,
  guildId: string,
  seen: SeenOption,
  input: OptionInput,
  now: Date,
): Promise<void> {
  await changeOptions(db, guildId, seen, now, (options, option, { type }) => {
    const others = options.filter((one) => one !== option);
    const changed = { value: option.value, ...checkOption(input, type, others) };
    return options.map((one) => (one === option ? changed : one));
  });
}

/**
 * Moves an option up or down by one; at the end it stays.
 * @throws UserError when it is gone or its question was changed since it was seen.
 */
export async function moveOption(
  db: Database,
  guildId: string,
  seen: SeenOption,
  way: 'up' | 'down',
  now: Date,
): Promise<void> {
  await changeOptions(db, guildId, seen, now, (options, option) => movedBy(options, option, way));
}

/**
 * Deletes an option.
 * @throws UserError when it is gone already or its question was changed since it was seen.
 */
export async function deleteOption(
  db: Database,
  guildId: string,
  seen: SeenOption,
  now: Date,
): Promise<void> {
  await changeOptions(db, guildId, seen, now, (options, option) => options.filter((one) => one !== option));
}

async function changeOptions(
  db: Database,
  guildId: string,
  seen: SeenOption,
  now: Date,
  change: (options: readonly Option[], option: Option, question: QuestionDraft) => readonly Option[],
): Promise<void> {
  await changeDrafts(db, guildId, async (trx) => {
    const { row } = await requireRow(trx, guildId, 'questions', seen.id);
    // That it is gone says more than that its question has changed.
    const option = requireOption(row, seen.option);
    await requireSeen(trx, guildId, 'questions', seen);
    await writeOptions(trx, guildId, row, change(row.options, option, row), now);
  });
}

/** @throws UserError when a question has no option of this value. */
export function requireOption(question: QuestionDraft, value: string): Option {
  const option = question.options.find((one) => one.value === value);
  if (option === undefined) throw new UserError('onboarding-editor:optionDeletedMeanwhile');
  return option;
}
