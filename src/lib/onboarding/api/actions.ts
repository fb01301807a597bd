import type { z } from 'zod';
import type { Caller } from '#lib/access/caller';
import type { GuildRights } from '#lib/access/guild-rights';
import { requireMember, requirePerson } from '#lib/access/person';
import type { Database } from '#lib/database/database';
import { inTransaction } from '#lib/database/in-transaction';
import type { Reply } from '#lib/http/route';
import type { LogChannel } from '#lib/log-channel/log-channel';
import type { Clock } from '#lib/time/clock';
import { readQuestions, readRules, type QuestionDraft, type RuleDraft } from '../drafts.ts';
import { publishedLogEntry } from '../editor/home-view.ts';
import { deleteRow, orderRows, type ListName, type Seen } from '../editor/rows.ts';
import { usableOption } from '../editor/usable-option.ts';
import { saveQuestion, saveRule, type WholeQuestion } from '../editor/whole.ts';
import { publish } from '../versions.ts';
import type { questionBody, questionShape, reorderBody, ruleBody, ruleShape } from './shapes.ts';

/** What the routes of onboarding stand on; the container has it all. */
export interface OnboardingApiDeps {
  readonly rights: GuildRights;
  readonly clock: Clock;
  readonly logChannel: LogChannel;
}

const shownQuestion = (question: QuestionDraft, index: number): z.input<typeof questionShape> => ({
  id: question.id,
  question: question.text,
  question_type: question.type,
  help: question.help,
  options: question.options.map(({ value, label, description, emoji, roleIds, followup }) => ({
    value,
    label,
    description,
    emoji,
    role_ids: [...roleIds],
    followup,
  })),
  required: question.required,
  is_private: question.isPrivate,
  enabled: question.enabled,
  step_order: index + 1,
  version: question.version,
});

const shownRule = (rule: RuleDraft, index: number): z.input<typeof ruleShape> => ({
  id: rule.id,
  title: rule.title,
  description: rule.description,
  image_url: rule.imageUrl,
  enabled: rule.enabled,
  rule_order: index + 1,
  version: rule.version,
});

/** All questions of a guild in order, those that are off too. */
export async function listQuestions(db: Database, guildId: string): Promise<Reply> {
  const questions = (await readQuestions(db, guildId)).map(shownQuestion);
  return { status: 200, body: { questions, next_cursor: null } };
}

/** All rules of a guild in order, those that are off too. */
export async function listRules(db: Database, guildId: string): Promise<Reply> {
  return { status: 200, body: { rules: (await readRules(db, guildId)).map(shownRule), next_cursor: null } };
}

type QuestionBody = z.output<typeof questionBody>;

/**
 * Checks that the options of a question work in its guild, and are the caller's to set.
 * @returns the options, with emojis as they are stored.
 * @throws UserError or HttpProblem that says what does not.
 */
export async function prepareOptions(
  { rights }: OnboardingApiDeps,
  db: Database,
  caller: Caller,
  guildId: string,
  { id, options }: QuestionBody,
): Promise<WholeQuestion['options']> {
  requirePerson(caller);
  const member = await requireMember(rights, caller, guildId);
  const before =
    id === undefined ? undefined : (await readQuestions(db, guildId)).find((one) => one.id === id);
  const usable: WholeQuestion['options'][number][] = [];
  for (const option of options ?? []) {
    const value = option.value ?? null;
    const rolesBefore = before?.options.find((one) => one.value === value)?.roleIds ?? [];
    const input = {
      label: option.label,
      description: option.description ?? '',
      emoji: option.emoji ?? '',
      followup: option.followup ?? '',
      roleIds: option.role_ids ?? [],
    };
    usable.push({ ...(await usableOption(member, input, rolesBefore)), value });
  }
  return usable;
}

const seenIn = ({ id, version }: { id?: number | undefined; version?: string | undefined }): Seen | null =>
  id === undefined ? null : { id, seen: version ?? null };

/** Adds a question, or changes the one that the body names. */
export async function writeQuestion(
  { clock }: OnboardingApiDeps,
  db: Database,
  guildId: string,
  body: QuestionBody,
  options: WholeQuestion['options'],
): Promise<Reply> {
  const input: WholeQuestion = {
    type: body.question_type,
    text: body.question,
    help: body.help ?? '',
    required: body.required,
    isPrivate: body.is_private,
    enabled: body.enabled,
    place: body.step_order ?? null,
    options,
  };
  const id = await saveQuestion(db, guildId, seenIn(body), input, clock.now());
  const shown = (await readQuestions(db, guildId)).map(shownQuestion).find((one) => one.id === id);
  return { status: body.id === undefined ? 201 : 200, body: shown };
}

/** Adds a rule, or changes the one that the body names. */
export async function writeRule(
  { clock }: OnboardingApiDeps,
  db: Database,
  caller: Caller,
  guildId: string,
  body: z.output<typeof ruleBody>,
): Promise<Reply> {
  requirePerson(caller);
  const input = {
    title: body.title,
    description: body.description,
    imageUrl: body.image_url ?? '',
    enabled: body.enabled,
    place: body.rule_order ?? null,
  };
  const id = await saveRule(db, guildId, seenIn(body), input, clock.now());
  const shown = (await readRules(db, guildId)).map(shownRule).find((one) => one.id === id);
  return { status: body.id === undefined ? 201 : 200, body: shown };
}

/** Deletes a rule or a question. @throws UserError when the guild has none of this number. */
export async function removeRow(
  db: Database,
  caller: Caller,
  guildId: string,
  list: ListName,
  id: number,
): Promise<Reply> {
  requirePerson(caller);
  await deleteRow(db, guildId, list, { id, seen: null });
  return { status: 200, body: { success: true } };
}

/** Puts the lists in the order that is wanted, both or none. @throws UserError unless it names each of their rows once. */
export async function reorder(
  db: Database,
  caller: Caller,
  guildId: string,
  { questions, rules }: z.output<typeof reorderBody>,
): Promise<Reply> {
  requirePerson(caller);
  await inTransaction(db, async (trx) => {
    if (questions !== undefined) await orderRows(trx, guildId, 'questions', questions);
    if (rules !== undefined) await orderRows(trx, guildId, 'rules', rules);
  });
  return { status: 200, body: { success: true } };
}

/** Makes what was written what members go through. @throws UserError when it cannot be published, or was already. */
export async function publishAll(
  { clock, logChannel }: OnboardingApiDeps,
  db: Database,
  caller: Caller,
  guildId: string,
): Promise<Reply> {
  const by = requirePerson(caller);
  const version = await publish(db, guildId, by, clock.now());
  return {
    status: 200,
    body: { success: true, version },
    afterwards: () => logChannel.post(guildId, 'info', publishedLogEntry(version, by)),
  };
}
