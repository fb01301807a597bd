import {
  ButtonStyle,
  ChannelType,
  ComponentType,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type GuildMember,
} from 'discord.js';
import { permissionNames } from '#lib/discord/usable';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { definitionOf } from '#lib/settings/definitions';
import { isPicked, valueSelect } from '#lib/settings/panel';
import { displayValue, parseSettingValue, settingDescription } from '#lib/settings/values';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { screen, separator } from '#lib/ui/editing';
import { wizardIds } from './custom-ids.ts';
import { hindrance, sameNamed } from './make.ts';
import {
  firstOpen,
  seenOf,
  settingOf,
  stateOf,
  stepAfter,
  stepBefore,
  type Standing,
  type StepState,
} from './standing.ts';
import { steps, type Making, type Step } from './steps.ts';

type Screen = APIContainerComponent[];

/** What a step is called. */
export function stepName(t: Translate, { id }: Step): string {
  return t(`setup:step.${id}` as SentenceKey);
}

const MARKS: Readonly<Record<StepState, string>> = {
  set: '✅',
  default: '✅',
  open: '▫️',
  gone: '⚠️',
  off: '⏸️',
};

/** How a step stands, in a few words. */
export function stateText(t: Translate, standing: Standing, step: Step): string {
  const state = stateOf(standing, step);
  if (state === 'open' && step.key === null) return t('setup:state.unposted');
  if (state === 'open' || state === 'gone' || state === 'off') return t(`setup:state.${state}`);
  if (step.key === null) return t('setup:state.posted');
  const value = displayValue(t, step.key, settingOf(standing, step.key).value);
  return state === 'default' ? t('config:byDefault', { value }) : value;
}

/** Where everything stands, and where to go on. Components V2. */
export function homeScreen(t: Translate, standing: Standing, note: Note | null): Screen {
  const next = firstOpen(standing);
  const isNew = next === steps[0];
  const goOn =
    next === null
      ? []
      : [
          button(
            isNew ? t('setup:button.begin') : t('setup:button.goOn', { step: stepName(t, next) }),
            wizardIds.build('show', { step: next.id }),
            ButtonStyle.Primary,
          ),
        ];
  return screen(
    t('setup:title'),
    note,
    textDisplay(t('setup:intro')),
    textDisplay(
      steps
        .map(
          (step) =>
            `${MARKS[stateOf(standing, step)]} **${stepName(t, step)}**: ${stateText(t, standing, step)}`,
        )
        .join('\n'),
    ),
    row({
      type: ComponentType.StringSelect,
      custom_id: wizardIds.build('goTo', {}),
      placeholder: t('setup:button.goTo'),
      options: steps.map((step, index) => ({ label: `${index + 1}. ${stepName(t, step)}`, value: step.id })),
    }),
    row(...goOn, button(t('setup:button.report'), wizardIds.build('report', {}))),
  );
}

/** One question, with what is chosen now and all that can be done about it. Components V2. */
export function stepScreen(
  t: Translate,
  standing: Standing,
  step: Step,
  member: GuildMember,
  note: Note | null,
): Screen {
  return screen(
    stepHeading(t, step),
    note,
    textDisplay([description(t, standing, step), standingText(t, standing, step)].join('\n')),
    ...choosing(t, standing, step),
    ...makingHint(t, step, member),
    ...doing(t, standing, step, member),
    separator(),
    navigation(t, standing, step),
  );
}

function stepHeading(t: Translate, step: Step): string {
  const number = steps.findIndex(({ id }) => id === step.id) + 1;
  return t('setup:heading', { number, count: steps.length, step: stepName(t, step) });
}

function description(t: Translate, { isPublished }: Standing, { key, panel }: Step): string {
  if (key !== null) return settingDescription(t, key);
  if (panel === 'tickets') return t('setup:about.panel');
  return [t('setup:about.start'), ...(isPublished ? [] : [t('setup:about.unpublished')])].join('\n');
}

function standingText(t: Translate, standing: Standing, step: Step): string {
  const state = stateOf(standing, step);
  switch (state) {
    case 'off':
      return `⏸️ ${step.turnedBy === undefined ? t('setup:now.offByMode', { step: t('setup:step.onboarding') }) : t('setup:now.off')}`;
    case 'open':
      return `▫️ ${t(step.key === null ? 'setup:now.unposted' : 'setup:now.open')}`;
    case 'gone':
      return `⚠️ ${t('setup:now.gone')}`;
    case 'default':
      return `✅ ${t('setup:now.default', { value: stateText(t, standing, step) })}`;
    case 'set':
      return [`✅ ${setText(t, standing, step)}`, ...troubles(t, standing, step)].join('\n');
  }
}

function setText(t: Translate, standing: Standing, step: Step): string {
  if (step.key !== null) return t('setup:now.set', { value: stateText(t, standing, step) });
  const channel =
    step.panel === 'tickets'
      ? standing.ticketPanel?.channelId
      : settingOf(standing, 'system.rules_channel_id').value;
  return t('setup:now.posted', { channel: `<#${String(channel)}>` });
}

/** Why what is chosen does not work now. */
function troubles(t: Translate, { guild, settings }: Standing, { key }: Step): string[] {
  if (key === null) return [];
  try {
    parseSettingValue(guild, key, String(settings.get(key)?.value), null);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`⚠️ ${t(error.sentence, error.values)}`];
  }
}

/** The select from which an existing one is picked. */
function choosing(t: Translate, standing: Standing, step: Step): APIComponentInContainer[] {
  const seen = seenOf(standing, step);
  if (stateOf(standing, step) === 'off' && step.key !== 'onboarding.mode') return [];
  if (step.panel === 'tickets')
    return [
      row({
        type: ComponentType.ChannelSelect,
        custom_id: wizardIds.build('postIn', { step: step.id, seen }),
        placeholder: t('setup:button.postIn'),
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      }),
    ];
  if (step.key === null || !isPicked(definitionOf(step.key))) return [];
  const setting = settingOf(standing, step.key);
  const isGone = stateOf(standing, step) === 'gone';
  return [
    // Discord refuses a default that is gone.
    row(
      valueSelect(
        t,
        isGone ? { ...setting, value: null } : setting,
        wizardIds.build('pick', { step: step.id, seen }),
      ),
    ),
  ];
}

/** Says why the bot does not offer to make it. */
function makingHint(t: Translate, step: Step, member: GuildMember): APIComponentInContainer[] {
  if (step.making === undefined) return [];
  const inTheWay = hindrance(member, step.making, step.key);
  if (inTheWay === null) return [];
  const permissions = permissionNames(inTheWay.missing);
  const sentence = inTheWay.who === 'bot' ? 'setup:create.botLacks' : 'setup:create.youLack';
  return [textDisplay(`-# ${t(sentence, { permissions })}`)];
}

/** What can be done beside choosing. */
function doing(t: Translate, standing: Standing, step: Step, member: GuildMember): APIComponentInContainer[] {
  const buttons = [
    ...(stateOf(standing, step) === 'off' ? [] : changing(t, standing, step, member)),
    ...turning(t, standing, step),
  ];
  return buttons.length === 0 ? [] : [row(...buttons)];
}

function changing(
  t: Translate,
  standing: Standing,
  step: Step,
  member: GuildMember,
): APIComponentInMessageActionRow[] {
  const [{ id }, seen] = [step, seenOf(standing, step)];
  const setting = step.key === null ? null : settingOf(standing, step.key);
  const canMake = step.making !== undefined && hindrance(member, step.making, step.key) === null;
  const canClear =
    setting?.overridden === true && ['channel', 'role'].includes(definitionOf(setting.key).type);
  return [
    ...(step.key === 'system.timezone'
      ? [button(t('config:panel.change'), wizardIds.build('write', { step: id }))]
      : []),
    ...(step.panel === 'start'
      ? [button(t('setup:button.post'), wizardIds.build('post', { step: id }), ButtonStyle.Success)]
      : []),
    ...(canMake
      ? [button(t('setup:button.make'), wizardIds.build('askCreate', { step: id }), ButtonStyle.Success)]
      : []),
    ...(canClear ? [button(t('setup:button.none'), wizardIds.build('clear', { step: id, seen }))] : []),
  ];
}

function turning(t: Translate, standing: Standing, step: Step): APIComponentInMessageActionRow[] {
  if (step.turnedBy === undefined) return [];
  const { value, version } = settingOf(standing, step.turnedBy);
  const to = value === true ? 'off' : 'on';
  return [
    button(t(`config:panel.turn.${to}`), wizardIds.build('turn', { step: step.id, seen: version, to })),
  ];
}

function navigation(t: Translate, standing: Standing, step: Step): APIComponentInContainer {
  const [before, after] = [stepBefore(standing, step), stepAfter(standing, step)];
  const state = stateOf(standing, step);
  const keeps = state === 'set' || state === 'default' ? 'keep' : 'skip';
  return row(
    ...(before === null
      ? []
      : [button(t('config:panel.back'), wizardIds.build('show', { step: before.id }))]),
    button(
      t(`setup:button.${keeps}`),
      after === null ? wizardIds.build('report', {}) : wizardIds.build('show', { step: after.id }),
      ButtonStyle.Primary,
    ),
    button(t('setup:button.home'), wizardIds.build('home', {})),
  );
}

/** Asks whether to make something, and says exactly what. Components V2. @param name in the language of the server. */
export function askScreen(
  t: Translate,
  standing: Standing,
  step: Step & { readonly making: Making },
  name: string,
): Screen {
  const { guild } = standing;
  const seen = seenOf(standing, step);
  const there = sameNamed(guild, step.making, step.key, name);
  return screen(
    stepHeading(t, step),
    null,
    textDisplay(
      [
        t('setup:create.ask', {
          name: shownName(step.making, name),
          what: t(`setup:access.${step.making.access}`),
        }),
        ...(step.panel === undefined ? [] : [t('setup:create.posts')]),
        ...(there === undefined
          ? []
          : [`⚠️ ${t('setup:create.there', { existing: mention(step.making, there.id) })}`]),
      ].join('\n'),
    ),
    row(
      ...(there === undefined
        ? []
        : [
            button(
              t('setup:button.use'),
              wizardIds.build('use', { step: step.id, seen, id: there.id }),
              ButtonStyle.Success,
            ),
          ]),
      button(
        t('setup:button.create'),
        wizardIds.build('create', { step: step.id, seen }),
        there === undefined ? ButtonStyle.Success : ButtonStyle.Secondary,
      ),
      button(t('config:panel.back'), wizardIds.build('show', { step: step.id })),
    ),
  );
}

function mention({ kind }: Making, id: string): string {
  return kind === 'role' ? `<@&${id}>` : `<#${id}>`;
}

function shownName({ kind, type }: Making, name: string): string {
  if (kind === 'role') return `@${name}`;
  return type === ChannelType.GuildCategory ? name : `#${name}`;
}

/** The name that a new one gets. @param inGuild the language of the server. */
export function newName(inGuild: Translate, { id }: Step): string {
  return inGuild(`setup:newName.${id}` as SentenceKey);
}
