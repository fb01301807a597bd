import type { Selectable, Transaction } from 'kysely';
import type { DB, GuildOnboardingQuestions, GuildRules } from '#db/types';
import type { Database } from '#lib/database/database';
import { lockName } from '#lib/database/locks';
import type { Content, Option, Question, QuestionType, Rule } from './content.ts';

/** Something in the editor: it has a place in its list, may be switched off, and changes hands. */
interface Draft {
  readonly enabled: boolean;
  /** Another one after each change. */
  readonly version: string;
}

export type RuleDraft = Rule & Draft;
export type QuestionDraft = Question & Draft;

/** Who edits a guild's onboarding waits for who does so already. */
export function lockDrafts(trx: Transaction<DB>, guildId: string): Promise<void> {
  return lockName(trx, `onboarding:${guildId}`);
}

/** A guild's rules in order, those that are off included. */
export async function readRules(db: Database | Transaction<DB>, guildId: string): Promise<RuleDraft[]> {
  const rows = await db
    .selectFrom('guild_rules')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('rule_order')
    .execute();
  return rows.map(toRule);
}

/** A guild's questions in order, those that are off included. */
export async function readQuestions(
  db: Database | Transaction<DB>,
  guildId: string,
): Promise<QuestionDraft[]> {
  const rows = await db
    .selectFrom('guild_onboarding_questions')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('step_order')
    .execute();
  return rows.map(toQuestion);
}

/** What members would go through if it were published now. */
export async function readDraft(db: Database | Transaction<DB>, guildId: string): Promise<Content> {
  const [rules, questions] = [await readRules(db, guildId), await readQuestions(db, guildId)];
  return {
    rules: rules
      .filter(({ enabled }) => enabled)
      .map(({ id, title, description, imageUrl }) => ({ id, title, description, imageUrl })),
    questions: questions
      .filter(({ enabled }) => enabled)
      .map(({ id, type, text, help, options, required, isPrivate }) => ({
        id,
        type,
        text,
        help,
        options,
        required,
        isPrivate,
      })),
  };
}

function toRule(row: Selectable<GuildRules>): RuleDraft {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    imageUrl: row.image_url,
    enabled: row.enabled,
    version: String(row.updated_at.getTime()),
  };
}

/** As the seed has them: what an option leads to lies beside the options. */
interface StoredOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string | null;
  readonly emoji?: string | null;
  readonly role_ids?: readonly string[];
}
type StoredFollowups = Readonly<Record<string, { readonly question: string }>>;

function toQuestion(row: Selectable<GuildOnboardingQuestions>): QuestionDraft {
  const options = (row.options ?? []) as unknown as readonly StoredOption[];
  const followups = (row.followup ?? {}) as unknown as StoredFollowups;
  return {
    id: row.id,
    type: row.question_type as QuestionType,
    text: row.question,
    help: row.help,
    options: options.map((option) => ({
      value: option.value,
      label: option.label,
      description: option.description ?? null,
      emoji: option.emoji ?? null,
      roleIds: option.role_ids ?? [],
      followup: followups[option.value]?.question ?? null,
    })),
    required: row.required,
    isPrivate: row.is_private,
    enabled: row.enabled,
    version: String(row.updated_at.getTime()),
  };
}

/** The columns of a question's options. */
export function storedOptions(options: readonly Option[]): {
  options: string | null;
  followup: string | null;
} {
  if (options.length === 0) return { options: null, followup: null };
  const stored: StoredOption[] = options.map(({ value, label, description, emoji, roleIds }) => ({
    value,
    label,
    ...(description !== null && { description }),
    ...(emoji !== null && { emoji }),
    ...(roleIds.length > 0 && { role_ids: roleIds }),
  }));
  const followups = options.flatMap(({ value, followup }) =>
    followup === null ? [] : [[value, { question: followup }] as const],
  );
  return {
    options: JSON.stringify(stored),
    followup: followups.length === 0 ? null : JSON.stringify(Object.fromEntries(followups)),
  };
}
