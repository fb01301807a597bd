import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import type { Database } from '#lib/database/database';
import { UserError } from '#lib/errors/user-error';
import { OPTIONS_MAX, type Option, type QuestionType } from '../content.ts';
import { storedOptions, type QuestionDraft } from '../drafts.ts';
import { insertQuestion, insertRule, questionColumns, ruleColumns } from './changes.ts';
import {
  checkOption,
  checkQuestion,
  checkRule,
  type OptionInput,
  type QuestionInput,
  type RuleInput,
} from './checks.ts';
import { optionValue } from './option-value.ts';
import {
  changeDrafts,
  laterThan,
  readList,
  requireRoom,
  requireSeen,
  writeOrder,
  type ListName,
  type Seen,
} from './rows.ts';

/** What a row is besides what it says. */
interface Placed {
  readonly enabled: boolean;
  /** Its place in the list, from 1; null: where it is, or at the end. */
  readonly place: number | null;
}

export type WholeRule = RuleInput & Placed;

/** A question with all of its options. */
export interface WholeQuestion extends QuestionInput, Placed {
  /** `value` names the option of the question that it is, or what a new one is to be stored as; null: what its label says. */
  readonly options: readonly (OptionInput & { readonly value: string | null })[];
}

/**
 * Writes all of a rule at once: a new one, or in place of the one that somebody saw.
 * @returns its id. @throws UserError when it cannot be shown so, there is no room, or the one that was seen is gone or changed.
 */
export function saveRule(
  db: Database,
  guildId: string,
  seen: Seen | null,
  input: WholeRule,
  now: Date,
): Promise<number> {
  return changeDrafts(db, guildId, async (trx) => {
    const values = checkRule(input);
    const { enabled } = input;
    const before = seen === null ? null : (await requireSeen(trx, guildId, 'rules', seen)).row;
    const rows = await readList(trx, guildId, 'rules');
    if (before === null) requireRoom('rules', rows.length);
    const id = before?.id ?? (await insertRule(trx, guildId, values, rows.length + 1, now));
    if (before !== null || !enabled)
      await trx
        .updateTable('guild_rules')
        .set({ ...ruleColumns(values), enabled, updated_at: laterThan(before?.version ?? '0', now) })
        .where('guild_id', '=', guildId)
        .where('id', '=', id)
        .execute();
    await putAt(trx, guildId, 'rules', id, input.place);
    return id;
  });
}

/** {@link saveRule} for a question with its options. Whether these work in the guild is for who knows it. */
export function saveQuestion(
  db: Database,
  guildId: string,
  seen: Seen | null,
  input: WholeQuestion,
  now: Date,
): Promise<number> {
  return changeDrafts(db, guildId, async (trx) => {
    const before = seen === null ? null : (await requireSeen(trx, guildId, 'questions', seen)).row;
    // The kind first: what an option may be depends on it.
    const { type } = checkQuestion(input);
    const options = checkOptions(input, type, before);
    const values = checkQuestion(input, options);
    const { enabled } = input;
    const rows = await readList(trx, guildId, 'questions');
    if (before === null) requireRoom('questions', rows.length);
    const id =
      before?.id ?? (await insertQuestion(trx, guildId, { ...values, options }, rows.length + 1, now));
    if (before !== null || !enabled)
      await trx
        .updateTable('guild_onboarding_questions')
        .set({
          ...questionColumns(values),
          ...storedOptions(options),
          enabled,
          updated_at: laterThan(before?.version ?? '0', now),
        })
        .where('guild_id', '=', guildId)
        .where('id', '=', id)
        .execute();
    await putAt(trx, guildId, 'questions', id, input.place);
    return id;
  });
}

function checkOptions(
  { options }: WholeQuestion,
  type: QuestionType,
  before: QuestionDraft | null,
): Option[] {
  if (options.length > OPTIONS_MAX)
    throw new UserError('onboarding-editor:invalid.fullOptions', { maximum: OPTIONS_MAX });
  const checked: Option[] = [];
  // What is named stays its own, also when another label would be stored as the same.
  const named = [
    ...options.flatMap(({ value }) => (value === null ? [] : [value])),
    ...(before?.options.map(({ value }) => value) ?? []),
  ];
  for (const option of options) {
    const values = checkOption(option, type, checked);
    const taken = [...named, ...checked.map(({ value }) => value)];
    const value = option.value ?? optionValue(values.label, taken);
    if (checked.some((one) => one.value === value))
      throw new UserError('onboarding-editor:invalid.sameLabel', { label: value });
    checked.push({ value, ...values });
  }
  return checked;
}

async function putAt(
  trx: Transaction<DB>,
  guildId: string,
  list: ListName,
  id: number,
  place: number | null,
): Promise<void> {
  if (place === null) return;
  const others = (await readList(trx, guildId, list)).map((row) => row.id).filter((one) => one !== id);
  await writeOrder(trx, guildId, list, others.toSpliced(place - 1, 0, id));
}
