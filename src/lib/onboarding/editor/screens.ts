import type { OnboardingDeps } from '../deps.ts';
import type { APIContainerComponent, Guild } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { button, type Note } from '#lib/ui/components';
import { readDraft, readQuestions, readRules, type QuestionDraft, type RuleDraft } from '../drafts.ts';
import { figuresView, readFigures } from '../staff/figures.ts';
import { readNewestVersion } from '../versions.ts';
import { editorIds } from './custom-ids.ts';
import { homeScreen } from './home-view.ts';
import { listScreen } from './list-view.ts';
import { optionScreen, optionsScreen } from './option-views.ts';
import { chosenIn, lacksOf } from './readiness.ts';
import { questionScreen, ruleScreen } from './row-views.ts';
import { readList, type ListName } from './rows.ts';

/** What a screen of the editor is made for: whose rules, in which language. */
export interface Viewer {
  readonly deps: OnboardingDeps;
  readonly guild: Guild;
  readonly t: Translate;
}

export type Screen = APIContainerComponent[];

/** Where editing begins, as it is now. */
export async function showHome({ deps, guild, t }: Viewer, note: Note | null): Promise<Screen> {
  const { db, settings } = deps;
  const listed = await settings.list(guild.id);
  const overrides = await settings.overrides(guild.id);
  const draft = await readDraft(db, guild.id);
  const newest = await readNewestVersion(db, guild.id);
  const [rules, questions] = [await readRules(db, guild.id), await readQuestions(db, guild.id)];
  const home = {
    settings: listed,
    counts: { rules: rules.length, questions: questions.length },
    draft,
    newest,
    lacks: lacksOf(guild, chosenIn(overrides), draft, newest),
  };
  return homeScreen(t, home, note);
}

/** How far members come; before anything is published, that there is nothing to count yet. */
export async function showFigures(viewer: Viewer): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const mode = await deps.settings.get(guild.id, 'onboarding.mode');
  const figures = await readFigures(deps.db, guild.id, mode);
  if (figures === null) return showHome(viewer, { kind: 'refused', text: t('onboarding:notReady') });
  return [figuresView(t, figures, button(t('onboarding-editor:button.back'), editorIds.build('home', {})))];
}

/** A list as it is now. */
export async function showList(
  { deps, guild, t }: Viewer,
  list: ListName,
  note: Note | null,
): Promise<Screen> {
  return listScreen(t, list, await readList(deps.db, guild.id, list), note);
}

/** One row as it is now; where it is gone, its list. */
export async function showRow(
  viewer: Viewer,
  list: ListName,
  id: number,
  note: Note | null,
  isDeleting = false,
): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const rows = await readList(deps.db, guild.id, list);
  const index = rows.findIndex((one) => one.id === id);
  const draft = rows[index];
  if (draft === undefined) return showList(viewer, list, note ?? goneNote(t));
  const before = rows.slice(0, index).filter(({ enabled }) => enabled);
  const place = { index, count: rows.length, number: before.length + 1 };
  return list === 'rules'
    ? ruleScreen(t, draft as RuleDraft, place, note, isDeleting)
    : questionScreen(t, draft as QuestionDraft, place, note, isDeleting);
}

const goneNote = (t: Translate): Note => ({
  kind: 'refused',
  text: t('onboarding-editor:deletedMeanwhile'),
});

/** The options of a question as they are now; where it is gone, the list of questions. */
export async function showOptions(viewer: Viewer, questionId: number, note: Note | null): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const question = (await readQuestions(deps.db, guild.id)).find(({ id }) => id === questionId);
  if (question === undefined) return showList(viewer, 'questions', note ?? goneNote(t));
  return optionsScreen(t, question, note);
}

/** One option as it is now; where it is gone, those that are left. */
export async function showOption(
  viewer: Viewer,
  questionId: number,
  value: string,
  note: Note | null,
  isDeleting = false,
): Promise<Screen> {
  const { deps, guild, t } = viewer;
  const question = (await readQuestions(deps.db, guild.id)).find(({ id }) => id === questionId);
  const option = question?.options.find((one) => one.value === value);
  if (question === undefined || option === undefined) {
    const gone: Note = { kind: 'refused', text: t('onboarding-editor:optionDeletedMeanwhile') };
    return showOptions(viewer, questionId, note ?? gone);
  }
  return optionScreen(t, question, option, note, isDeleting);
}
