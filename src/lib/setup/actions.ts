import type { ChatInputCommandInteraction, GuildMember, ModalSubmitInteraction } from 'discord.js';
import { MessageFlags, type APIContainerComponent } from 'discord.js';
import { examine, reportLines } from '#lib/doctor/report';
import { UserError } from '#lib/errors/user-error';
import { localeOf, translator, type Translate } from '#lib/i18n/translate';
import { postPanel as postStartButton } from '#lib/onboarding/panel';
import { announceChange } from '#lib/settings/announce';
import type { SettingKey, SettingValue } from '#lib/settings/definitions';
import { valueModal, VALUE_INPUT } from '#lib/settings/panel';
import { parseSettingValue } from '#lib/settings/values';
import { changeText } from '#lib/settings/views';
import { panelWords } from '#lib/tickets/panels/actions';
import { isPanelChannel, postPanel } from '#lib/tickets/panels/panels';
import { answer, claim, openModal, update, type ComponentInteraction } from '#lib/ui/answer';
import type { Note } from '#lib/ui/components';
import { settle } from '#lib/ui/editing';
import { idReader } from '#lib/ui/id-reader';
import { wizardIds, type WizardId } from './custom-ids.ts';
import type { WizardDeps } from './deps.ts';
import { make, type Made } from './make.ts';
import { reportScreen } from './report.ts';
import { readStanding, seenOf, settingOf, stateOf, stepAfter, type Standing } from './standing.ts';
import { findStep, type Making, type Step } from './steps.ts';
import { askScreen, homeScreen, newName, stepScreen } from './views.ts';

type Screen = APIContainerComponent[];
type Component = ComponentInteraction<'cached'>;
type Modal = ModalSubmitInteraction<'cached'>;

const { outdated, requireOneOf } = idReader('/setup');

/** Who is at the wizard, and in which language they read. */
interface Viewer {
  readonly deps: WizardDeps;
  readonly t: Translate;
  readonly member: GuildMember;
}

function viewerOf(deps: WizardDeps, { member, locale }: Component | Modal): Viewer {
  return { deps, member, t: translator(localeOf(locale)) };
}

/** Shows where everything stands in a message of its own, for `/setup` and for the button that stands for it. */
export async function openWizard(
  deps: WizardDeps,
  interaction: ChatInputCommandInteraction<'cached'> | Component,
): Promise<void> {
  const t = translator(localeOf(interaction.locale));
  const standing = await readStanding(deps, interaction.guild);
  await answer(interaction, {
    components: homeScreen(t, standing, null),
    flags: MessageFlags.IsComponentsV2,
  });
}

/** Does what a button or a select of the wizard stands for, and shows the result in its place. */
export async function useWizard(deps: WizardDeps, interaction: Component, id: WizardId): Promise<void> {
  const viewer = viewerOf(deps, interaction);
  const { t, member } = viewer;
  switch (id.action) {
    case 'open':
      return openWizard(deps, interaction);
    case 'home':
      return show(interaction, homeScreen(t, await stands(viewer), null));
    case 'show':
      return show(interaction, await showStep(viewer, requireStep(id.step), null));
    case 'goTo':
      return show(interaction, await showStep(viewer, requireStep(picked(interaction)), null));
    case 'report':
      await claim(interaction);
      return show(interaction, await showReport(viewer));
    case 'write': {
      const key = requireKey(requireStep(id.step));
      const setting = settingOf(await stands(viewer), key);
      const customId = wizardIds.build('enter', { step: id.step, seen: setting.version });
      return openModal(interaction, valueModal(t, setting, customId));
    }
    case 'askCreate': {
      const step = requireMaking(requireStep(id.step));
      const standing = await stands(viewer);
      return show(interaction, askScreen(t, standing, step, newName(await inGuild(viewer), step)));
    }
    case 'pick':
      return choose(viewer, interaction, id, (key) =>
        parseSettingValue(member.guild, key, picked(interaction), member),
      );
    case 'use': {
      const step = requireStep(id.step);
      if (step.panel === 'tickets') return postTickets(viewer, interaction, step, id);
      return choose(viewer, interaction, id, (key) => parseSettingValue(member.guild, key, id.id, member));
    }
    case 'clear':
      return choose(viewer, interaction, id, () => null);
    case 'turn':
      return turn(viewer, interaction, id);
    case 'create':
      return create(viewer, interaction, id);
    case 'post':
      return postStart(viewer, interaction, requireStep(id.step));
    case 'postIn':
      return postTickets(viewer, interaction, requireStep(id.step), { ...id, id: picked(interaction) });
    case 'enter':
      // Only the modal has this.
      throw outdated();
  }
}

/** Sets what was typed in the modal; nothing typed means the default. */
export async function enterWizardValue(deps: WizardDeps, interaction: Modal, id: WizardId): Promise<void> {
  if (id.action !== 'enter') throw outdated();
  const { guild, member, fields } = interaction;
  const typed = fields.getTextInputValue(VALUE_INPUT).trim();
  await choose(viewerOf(deps, interaction), interaction, id, (key) =>
    typed === '' ? null : parseSettingValue(guild, key, typed, member),
  );
}

async function show(interaction: Component, components: Screen): Promise<void> {
  await update(interaction, { components });
}

const stands = ({ deps, member }: Viewer): Promise<Standing> => readStanding(deps, member.guild);

/** The language of the server, for what everybody sees. */
async function inGuild({ deps, member }: Viewer): Promise<Translate> {
  return translator(await deps.tickets.settings.get(member.guild.id, 'system.language'));
}

async function showStep(viewer: Viewer, step: Step, note: Note | null): Promise<Screen> {
  return stepScreen(viewer.t, await stands(viewer), step, viewer.member, note);
}

/** The question after one; at the end the report. */
async function showNext(viewer: Viewer, step: Step, done: string): Promise<Screen> {
  const standing = await stands(viewer);
  const note: Note = { kind: 'done', text: done };
  const next = stepAfter(standing, step);
  return next === null ? showReport(viewer, note) : stepScreen(viewer.t, standing, next, viewer.member, note);
}

async function showReport(viewer: Viewer, note: Note | null = null): Promise<Screen> {
  const { deps, t, member } = viewer;
  const report = await examine(deps.doctor, member.guild);
  return reportScreen(t, await stands(viewer), reportLines(t, report), note);
}

/** Does something in one process only, and shows what comes after it; after a refusal the same question with what it says. */
async function act(
  viewer: Viewer,
  interaction: Component | Modal,
  step: Step,
  work: () => Promise<Screen>,
): Promise<void> {
  await settle(viewer.t, interaction, work, (note) => showStep(viewer, step, note));
}

/** Writes one setting as the person. @returns what was done. */
async function change(
  { deps, t, member }: Viewer,
  key: SettingKey,
  value: SettingValue | null,
  seenVersion: string,
): Promise<string> {
  const { settings, logChannel } = deps.tickets;
  const guildId = member.guild.id;
  const changed = await settings.change({ guildId, key, value, changedBy: member.id, seenVersion });
  await announceChange(logChannel, guildId, changed);
  return changeText(t, changed);
}

async function choose(
  viewer: Viewer,
  interaction: Component | Modal,
  id: { readonly step: string; readonly seen: string },
  read: (key: SettingKey) => SettingValue | null,
): Promise<void> {
  const step = requireStep(id.step);
  const key = requireKey(step);
  await act(viewer, interaction, step, async () =>
    showNext(viewer, step, await change(viewer, key, read(key), id.seen)),
  );
}

/** Switched off it goes on to what comes after; switched on its own question follows. */
async function turn(
  viewer: Viewer,
  interaction: Component,
  id: Extract<WizardId, { action: 'turn' }>,
): Promise<void> {
  const step = requireStep(id.step);
  const to = requireOneOf(id.to, 'on', 'off') === 'on';
  const key = step.turnedBy;
  if (key === undefined) throw outdated();
  await act(viewer, interaction, step, async () => {
    const done = await change(viewer, key, to, id.seen);
    return to ? showStep(viewer, step, { kind: 'done', text: done }) : showNext(viewer, step, done);
  });
}

async function create(
  viewer: Viewer,
  interaction: Component,
  id: Extract<WizardId, { action: 'create' }>,
): Promise<void> {
  const { deps, member } = viewer;
  const step = requireMaking(requireStep(id.step));
  await act(viewer, interaction, step, async () => {
    const done = await deps.inOrder.run(member.guild.id, () => makeAndUse(viewer, step, id.seen));
    return showNext(viewer, step, done);
  });
}

/** @returns what was done. */
async function makeAndUse(
  viewer: Viewer,
  step: Step & { readonly making: Making },
  seen: string,
): Promise<string> {
  const { member } = viewer;
  await requireUnchanged(viewer, step, seen);
  const t = await inGuild(viewer);
  const { key, making } = step;
  const made = await make(member, making, key, {
    name: newName(t, step),
    reason: t('setup:create.reason', { person: member.user.username }),
  });
  try {
    if (key === null) return await sendTickets(viewer, made.id);
    return await change(viewer, key, parseSettingValue(member.guild, key, made.id, member), seen);
  } catch (error) {
    // Refused, nothing names it. After any other failure it may be in use; if not, the next question offers it by its name.
    if (error instanceof UserError) await unmake(viewer, made);
    throw error;
  }
}

async function unmake({ deps, member }: Viewer, made: Made): Promise<void> {
  await made.delete().catch((error: unknown) => {
    const { id } = made;
    deps.tickets.log.warn({ err: error, guildId: member.guild.id, id }, 'setup: what was made in vain stays');
  });
}

async function postStart(viewer: Viewer, interaction: Component, step: Step): Promise<void> {
  const { deps, t, member } = viewer;
  if (step.panel !== 'start') throw outdated();
  await act(viewer, interaction, step, async () => {
    const { channelId, link, wasThere } = await postStartButton(deps.onboarding, member.guild.id);
    const values = { channel: `<#${channelId}>`, link };
    return showNext(viewer, step, t(wasThere ? 'onboarding:panelThere' : 'onboarding:posted', values));
  });
}

async function postTickets(
  viewer: Viewer,
  interaction: Component,
  step: Step,
  id: { readonly seen: string; readonly id: string },
): Promise<void> {
  const { deps, member } = viewer;
  if (step.panel !== 'tickets') throw outdated();
  await act(viewer, interaction, step, async () => {
    const done = await deps.inOrder.run(member.guild.id, async () => {
      await requireUnchanged(viewer, step, id.seen);
      return sendTickets(viewer, id.id);
    });
    return showNext(viewer, step, done);
  });
}

/** Posts a panel with the bot's own words. @returns what was done. */
async function sendTickets(viewer: Viewer, channelId: string): Promise<string> {
  const { deps, t, member } = viewer;
  const channel = member.guild.channels.cache.get(channelId);
  if (channel === undefined || !isPanelChannel(channel)) throw new UserError('setup:noPanelChannel');
  const words = panelWords(await inGuild(viewer), { style: '', title: '', text: '' });
  const link = await postPanel(deps.tickets, channel, words);
  return t('ticket-setup:panel.posted', { channel: `<#${channel.id}>`, link });
}

/** @throws UserError when somebody else answered the question since it was shown. */
async function requireUnchanged(viewer: Viewer, step: Step, seen: string): Promise<void> {
  const standing = await stands(viewer);
  if (stateOf(standing, step) === 'off' || seenOf(standing, step) !== seen)
    throw new UserError('config:changedMeanwhile');
}

/** A step that this version no longer has may still stand on an old message. */
function requireStep(id: string): Step {
  const step = findStep(id);
  if (step === undefined) throw outdated();
  return step;
}

function requireKey({ key }: Step): SettingKey {
  if (key === null) throw outdated();
  return key;
}

function requireMaking(step: Step): Step & { readonly making: Making } {
  const { making } = step;
  if (making === undefined) throw outdated();
  return { ...step, making };
}

function picked(interaction: Component): string {
  if (!interaction.isAnySelectMenu()) throw outdated();
  return interaction.values[0] ?? '';
}
