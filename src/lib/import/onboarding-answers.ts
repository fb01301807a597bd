import { isDrawn } from '#lib/text/one-line';
import { plainText, truncate } from '#lib/text/sanitize';
import { ANSWER_MAX, isFollowed, type Answer } from '#lib/onboarding/answers';
import {
  isChosen,
  rulesHash,
  TYPED_QUESTION_MAX,
  type Content,
  type Question,
} from '#lib/onboarding/content';
import { readVersion, VERSION_OF_OLD_BOT } from '#lib/onboarding/versions';
import { importedAs } from './imported-rows.ts';
import type { OldRow } from './old-database.ts';
import { oldQuestion, type OldQuestion } from './onboarding-content.ts';
import { questionsImport } from './onboarding.ts';
import { guildOf, type ImportContext, type TableImport } from './table-import.ts';
import { booleanOrNull, fitted, idOf, instantOrNull, jsonOf, serialOf } from './values.ts';

/** What the old bot asked where a server had made no questions, in short. */
const ITS_OWN_QUESTIONS = [
  'How they found the server',
  'Why they joined',
  'How they want to connect',
  'E-mail address',
];
const ITS_EMAIL_INDEX = 3;
/** An answer's name that is the place of a question, from 0. */
const PLACE = /^\d{1,3}$/;
/** Questions that are only here for what was answered have ids below 0, which no other has: first those with a place, then those with a name. */
const FIRST_NAMED_ID = -1_001;
/** Of different names in one server; more are nobody's questions. */
const NAMED_MAX = 50;

/** What an answer was to, by its name in the stored answers: the place of the question from 0, or a word. */
interface Asked {
  /** Null where the question is not here. */
  readonly known: { readonly id: string; readonly old: OldQuestion } | null;
  readonly text: string;
  readonly isPrivate: boolean;
}

/** Answers of a server that are to be written, with the questions that they are to. */
interface GuildAnswers {
  readonly members: Map<
    string,
    { readonly responses: Record<string, Answer>; readonly at: Date; readonly repairs: string[] }
  >;
  readonly questions: Map<string, Question>;
  readonly asked: readonly Asked[];
  /** Ids of questions that have a word for a name, by their text. */
  readonly namedIds: Map<string, number>;
}

/**
 * What members answered. They are kept with a version of the onboarding that holds what was asked, which nobody goes through: an answer
 * that fits its question as that is now is an answer to it, any other is kept in words.
 */
export const onboardingAnswersImport: TableImport = {
  table: 'onboarding',
  needs: ['user_id', 'responses'],
  columns: ['guild_id', 'user_id', 'responses', 'timestamp'],
  orderedBy: ['guild_id', 'user_id'],
  async run(context, rows) {
    const { tally, now } = context;
    const asked = await readAsked(context);
    const guilds = new Map<string, GuildAnswers>();
    for await (const row of rows) {
      const guildId = guildOf(context, row, null);
      if (guildId === null) continue;
      const userId = idOf(row['user_id']);
      const responses = jsonOf(row['responses']);
      if (userId === null || typeof responses !== 'object' || responses === null) {
        tally.left('it has no member or no answers', null);
        continue;
      }
      const guild =
        guilds.get(guildId) ?? (await newGuild(context, guildId, asked.get(guildId) ?? ownQuestions()));
      guilds.set(guildId, guild);
      const at = instantOrNull(row['timestamp']);
      const read = readAnswers(guild, Object.entries(responses));
      guild.members.set(userId, {
        responses: read.answers,
        at: at ?? now,
        repairs: [...read.repairs, ...(at === null ? ['had no date'] : [])],
      });
    }
    for (const [guildId, guild] of guilds) await write(context, guildId, guild);
  },
};

/** The questions of each server that were asked, in their order. */
async function readAsked(context: ImportContext): Promise<Map<string, Asked[]>> {
  const { old, trx } = context;
  const { table, needs, columns, orderedBy } = questionsImport;
  const asked = new Map<string, Asked[]>();
  if (old.lacking(table, needs).length > 0) return asked;
  const rows: OldRow[] = [];
  for await (const row of old.rows(table, columns, orderedBy)) rows.push(row);
  for (const row of rows) {
    const [guildId, id] = [idOf(row['guild_id']), serialOf(row['id'])];
    if (guildId === null || id === null || booleanOrNull(row['enabled']) === false) continue;
    const question = oldQuestion(row);
    const newId = await importedAs(trx, { guildId, table, id });
    const list = asked.get(guildId) ?? [];
    list.push({
      known: question === null || newId === null ? null : { id: newId, old: question },
      text: fitted(row['question'] ?? '', TYPED_QUESTION_MAX).text,
      isPrivate: question?.question.isPrivate ?? false,
    });
    asked.set(guildId, list);
  }
  return asked;
}

function ownQuestions(): Asked[] {
  return ITS_OWN_QUESTIONS.map((text, index) => ({
    known: null,
    text,
    isPrivate: index === ITS_EMAIL_INDEX,
  }));
}

async function newGuild(
  { trx }: ImportContext,
  guildId: string,
  asked: readonly Asked[],
): Promise<GuildAnswers> {
  const before = await readVersion(trx, guildId, VERSION_OF_OLD_BOT);
  // An earlier import gave these their ids.
  const named = (before?.questions ?? []).filter(({ id }) => id <= FIRST_NAMED_ID);
  return {
    members: new Map(),
    questions: new Map((before?.questions ?? []).map((question) => [String(question.id), question])),
    asked,
    namedIds: new Map(named.map(({ id, text }) => [text, id])),
  };
}

function readAnswers(
  guild: GuildAnswers,
  responses: readonly (readonly [string, unknown])[],
): { readonly answers: Record<string, Answer>; readonly repairs: string[] } {
  const answers: Record<string, Answer> = {};
  const repairs = new Set<string>();
  for (const [name, stored] of responses) {
    const asked = PLACE.test(name) ? guild.asked[Number(name)] : undefined;
    const known = asked?.known ?? null;
    const answer = known === null ? undefined : fitting(known.old, stored);
    if (known !== null && answer !== undefined) {
      guild.questions.set(known.id, { id: Number(known.id), ...known.old.question });
      answers[known.id] = answer;
      continue;
    }
    const words = wordsOf(stored);
    if (words === null) continue;
    const id = plainQuestion(guild, name, asked);
    if (id === null) {
      repairs.add(`answers more than ${NAMED_MAX} different things that are no questions; some stay`);
      continue;
    }
    if (known !== null) repairs.add('an answer does not fit the question as it is now; it is kept in words');
    answers[id] = words;
  }
  return { answers, repairs: [...repairs] };
}

/** The answer as it would be given to the question here; undefined when it does not fit. */
function fitting({ question, optionValues }: OldQuestion, stored: unknown): Answer | undefined {
  if (stored === null || stored === '') return null;
  const valueOf = (text: unknown): string | undefined =>
    typeof text === 'string'
      ? (optionValues.get(text) ?? question.options.find(({ label }) => label === text)?.value)
      : undefined;
  if (!isChosen(question)) return typeof stored === 'string' ? wordsOf(stored) : undefined;
  if (question.type === 'multiselect') {
    const values = [stored].flat().map(valueOf);
    return values.length > 0 && values.every((value) => value !== undefined) ? values : undefined;
  }
  if (typeof stored === 'object' && !Array.isArray(stored) && isFollowed(stored as Answer)) {
    const { choice, followup, followup_label: label } = stored as Record<string, unknown>;
    const value = valueOf(choice);
    if (value === undefined) return undefined;
    return { choice: value, followup: wordsOf(followup), followup_label: wordsOf(label) ?? '' };
  }
  return valueOf(stored);
}

/** An answer in words; null where it says nothing. */
function wordsOf(stored: unknown): string | null {
  if (stored === null || stored === undefined) return null;
  if (Array.isArray(stored))
    return wordsOf(
      stored
        .map(wordsOf)
        .filter((word) => word !== null)
        .join(', '),
    );
  if (typeof stored === 'object') {
    const { choice, followup } = stored as Record<string, unknown>;
    const parts = choice === undefined ? Object.values(stored) : [choice, followup];
    return wordsOf(
      parts
        .map(wordsOf)
        .filter((word) => word !== null)
        .join(': '),
    );
  }
  const text = plainText(typeof stored === 'string' ? stored : JSON.stringify(stored)).trim();
  return isDrawn(text) ? truncate(text, ANSWER_MAX.paragraph) : null;
}

/** The question that stands for one whose answers are kept in words; null when there are too many. */
function plainQuestion(
  { namedIds, questions }: GuildAnswers,
  name: string,
  asked: Asked | undefined,
): string | null {
  const title = fitted(asked?.text ?? name, TYPED_QUESTION_MAX).text;
  const text = isDrawn(title) ? title : '?';
  const id = PLACE.test(name) ? -1 - Number(name) : (namedIds.get(text) ?? FIRST_NAMED_ID - namedIds.size);
  if (id <= FIRST_NAMED_ID - NAMED_MAX) return null;
  if (!PLACE.test(name)) namedIds.set(text, id);
  const isPrivate = asked?.isPrivate ?? true;
  questions.set(String(id), {
    id,
    type: 'paragraph',
    text,
    help: null,
    options: [],
    required: false,
    isPrivate,
  });
  return String(id);
}

async function write(
  { trx, tally, now }: ImportContext,
  guildId: string,
  guild: GuildAnswers,
): Promise<void> {
  const content: Content = { rules: [], questions: [...guild.questions.values()] };
  const stored = { content: JSON.stringify(content), rules_hash: rulesHash([]) };
  await trx
    .insertInto('onboarding_versions')
    .values({
      guild_id: guildId,
      version: VERSION_OF_OLD_BOT,
      ...stored,
      published_by: '0',
      published_at: now,
    })
    .onConflict((conflict) => conflict.columns(['guild_id', 'version']).doUpdateSet(stored))
    .execute();
  for (const [userId, { responses, at, repairs }] of guild.members) {
    const written = await trx
      .insertInto('onboarding')
      .values({
        guild_id: guildId,
        user_id: userId,
        responses: JSON.stringify(responses),
        version: VERSION_OF_OLD_BOT,
        timestamp: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('guild_id')
      .executeTakeFirst();
    // Whose answers they are is nobody's business here.
    if (written === undefined) tally.already();
    else tally.came(`one in ${guildId}`, repairs);
  }
}
