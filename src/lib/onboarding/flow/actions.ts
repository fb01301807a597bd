import {
  MessageFlags,
  type APIContainerComponent,
  type ButtonInteraction,
  type Guild,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Transaction } from 'kysely';
import type { DB } from '#db/types';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import { answer, claim, openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { withoutLostEmojis } from '../content.ts';
import type { onboardingIds } from '../custom-ids.ts';
import type { OnboardingDeps } from '../deps.ts';
import { finish } from './finish.ts';
import {
  back,
  choose,
  goOn,
  goTo,
  pagesOf,
  screenOf,
  skip,
  submit,
  type Problem,
  type Progress,
} from './flow.ts';
import { fieldsModal, pageScreen } from './page-view.ts';
import { rulesScreen } from './rules-view.ts';
import { acceptRules, begin, beginPreview, lockSession, writeProgress, type Session } from './sessions.ts';
import { endScreen, summaryScreen } from './summary-view.ts';

type FlowId = Exclude<ReturnType<typeof onboardingIds.parse>, 'outdated'>;
type Component = ComponentInteraction<'cached'>;
type Modal = ModalSubmitInteraction<'cached'>;

const V2 = { flags: MessageFlags.IsComponentsV2 } as const;

/** Answers the start button: the member goes on where they stopped, or begins. */
export async function start(deps: OnboardingDeps, interaction: ButtonInteraction<'cached'>): Promise<void> {
  const { db, settings, clock } = deps;
  const { guild, guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  const mode = await settings.get(guildId, 'onboarding.mode');
  const { session, begun } = await begin(db, { guildId, userId: user.id }, mode, clock.now());
  const isAsked = screenOf(session.content, session).kind !== 'summary';
  if (!isAsked && pagesOf(session.content, session).length === 0) {
    await claim(interaction);
    const components = [await finish(deps, t, guild, session)];
    return answer(interaction, { ...V2, components });
  }
  const again = isAsked ? 'onboarding:againNew' : 'onboarding:again';
  const note: Note | null =
    begun === 'new' ? null : { kind: 'done', text: t(begun === 'resumed' ? 'onboarding:resumed' : again) };
  await answer(interaction, { ...V2, components: [screen(t, session, guild, { note })] });
}

/** Shows an admin what members would see, from the drafts. */
export async function startPreview(deps: OnboardingDeps, interaction: Component): Promise<void> {
  const { db, settings, clock } = deps;
  const { guild, guildId, user } = interaction;
  const t = translator(localeOf(interaction.locale));
  const mode = await settings.get(guildId, 'onboarding.mode');
  const session = await beginPreview(db, { guildId, userId: user.id }, mode, clock.now());
  await answer(interaction, { ...V2, components: [screen(t, session, guild, {})] });
}

/** Does what a button or a select on the way stands for, and shows what comes next in its place. */
export async function useFlowComponent(
  deps: OnboardingDeps,
  interaction: Component,
  id: Exclude<FlowId, { action: 'start' | 'fields' }>,
): Promise<void> {
  const { guild } = interaction;
  const t = translator(localeOf(interaction.locale));
  switch (id.action) {
    case 'rules': {
      const session = await look(deps, interaction, id.session);
      return show(t, interaction, session, { page: Number(id.page) });
    }
    case 'accept': {
      const session = await change(deps, interaction, id.session, (trx, now) =>
        acceptRules(trx, now, localeOf(interaction.locale), deps.clock.now()),
      );
      const isOver =
        screenOf(session.content, session).kind === 'summary' &&
        pagesOf(session.content, session).length === 0;
      if (!isOver || session.isFinished) return show(t, interaction, session, {});
      await claim(interaction);
      return update(interaction, { components: [await finish(deps, t, guild, session)] });
    }
    case 'choose': {
      if (!interaction.isStringSelectMenu()) throw new TypeError('a choice comes from a select');
      return step(deps, t, interaction, id.session, (session) =>
        choose(session.content, session, id.question, interaction.values),
      );
    }
    case 'skip':
      return step(deps, t, interaction, id.session, (session) => skip(session.content, session, id.page));
    case 'back':
      return step(deps, t, interaction, id.session, (session) =>
        back(session.content, session, id.page === '' ? null : id.page),
      );
    case 'on':
      return step(deps, t, interaction, id.session, goOn);
    case 'change': {
      if (!interaction.isStringSelectMenu()) throw new TypeError('a question is picked in a select');
      const [question = ''] = interaction.values;
      return step(deps, t, interaction, id.session, (session) => goTo(session.content, session, question));
    }
    case 'open': {
      const session = await look(deps, interaction, id.session);
      const page = pagesOf(session.content, session).find(({ key }) => key === id.page);
      if (session.isFinished || page?.kind !== 'fields') return show(t, interaction, session, {});
      return openModal(interaction, fieldsModal(t, session, page));
    }
    case 'confirm': {
      await claim(interaction);
      const session = await look(deps, interaction, id.session);
      return update(interaction, { components: [await finish(deps, t, guild, session)] });
    }
  }
}

/** Takes what was typed in the modal of a page. */
export async function submitFields(
  deps: OnboardingDeps,
  interaction: Modal,
  id: { readonly session: string; readonly page: string },
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  const typed = new Map(
    [...interaction.fields.fields.keys()].map((key) => [key, interaction.fields.getTextInputValue(key)]),
  );
  let problems: readonly Problem[] = [];
  await step(
    deps,
    t,
    interaction,
    id.session,
    (session) => {
      const result = submit(session.content, session, id.page, typed);
      problems = result?.problems ?? [];
      return result?.progress ?? null;
    },
    () => problems,
  );
}

/** A member's session as it is now. */
function look(deps: OnboardingDeps, interaction: Component, id: string): Promise<Session> {
  return change(deps, interaction, id, (_trx, session) => Promise.resolve(session));
}

/** Changes a member's session under its lock; one that is over stays as it is. */
async function change(
  { db }: OnboardingDeps,
  { guildId, user }: Component | Modal,
  id: string,
  to: (trx: Transaction<DB>, session: Session) => Promise<Session>,
): Promise<Session> {
  return db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, id, { guildId, userId: user.id });
    return session.isFinished ? session : to(trx, session);
  });
}

/** Moves a member on. What is no longer possible changes nothing, and they see where they are. */
async function step(
  deps: OnboardingDeps,
  t: Translate,
  interaction: Component | Modal,
  id: string,
  next: (session: Session) => Progress | null,
  problems: () => readonly Problem[] = () => [],
): Promise<void> {
  const session = await change(deps, interaction, id, async (trx, now) => {
    const progress = isAmongQuestions(now) ? next(now) : null;
    return progress === null ? now : writeProgress(trx, now, progress, deps.clock.now());
  });
  await show(t, interaction, session, { problems: problems() });
}

/** Nobody answers before they have accepted the rules, whatever an old button says. */
function isAmongQuestions(session: Session): boolean {
  return screenOf(session.content, session).kind !== 'rules';
}

interface Around {
  readonly note?: Note | null;
  readonly problems?: readonly Problem[];
  /** Of the rules. */
  readonly page?: number;
}

function screen(t: Translate, of: Session, guild: Guild, around: Around): APIContainerComponent {
  // Discord refuses a whole message for one emoji that is gone.
  const session = {
    ...of,
    content: withoutLostEmojis(of.content, (id) => guild.client.emojis.cache.has(id)),
  };
  const preview: Note | null =
    session.version === null ? { kind: 'done', text: t('onboarding:preview') } : null;
  const { note = preview, problems = [], page = 0 } = around;
  const now = screenOf(session.content, session);
  switch (now.kind) {
    case 'rules':
      return rulesScreen(t, session, guild.name, page, note);
    case 'page':
      return pageScreen(t, session, now, note, problems);
    case 'summary':
      return summaryScreen(t, session, note);
  }
}

async function show(
  t: Translate,
  interaction: Component | Modal,
  session: Session,
  around: Around,
): Promise<void> {
  const { guild } = interaction;
  const shown = session.isFinished
    ? endScreen(t('onboarding:done.title'), [t('onboarding:done.already')])
    : screen(t, session, guild, around);
  await update(interaction, { components: [shown] });
}
