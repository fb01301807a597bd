import type { Guild } from 'discord.js';
import { readDraft } from '#lib/onboarding/drafts';
import { chosenIn, lacksOf as onboardingLacks } from '#lib/onboarding/editor/readiness';
import { hasPanel } from '#lib/onboarding/panel';
import { readNewestVersion } from '#lib/onboarding/versions';
import { definitionOf, type SettingKey } from '#lib/settings/definitions';
import type { EffectiveSetting } from '#lib/settings/settings';
import { categoriesOf } from '#lib/tickets/categories';
import { lacksOf as ticketLacks } from '#lib/tickets/editor/lacks';
import { newestPanel } from '#lib/tickets/panels/panels';
import type { WizardDeps } from './deps.ts';
import { steps, type Step } from './steps.ts';

/** How far a server is, read from what the wizard changes. */
export interface Standing {
  readonly guild: Guild;
  readonly settings: ReadonlyMap<SettingKey, EffectiveSetting>;
  /** How many kinds of tickets somebody made. */
  readonly ticketKinds: number;
  readonly ticketPanel: { readonly id: number; readonly channelId: string } | null;
  readonly hasStartButton: boolean;
  /** Whether onboarding leads somewhere. */
  readonly isPublished: boolean;
  /** How many things are in the way of members; counted where the feature is on. */
  readonly lacks: { readonly onboarding: number; readonly tickets: number };
}

/**
 * `set`: somebody chose it, and it is there; `default`: a value of the bot's; `open`: nothing yet; `gone`: what was chosen was deleted;
 * `off`: its feature is.
 */
export type StepState = 'set' | 'default' | 'open' | 'gone' | 'off';

/** Reads it past all caches, so that versions and values fit together. */
export async function readStanding({ tickets }: WizardDeps, guild: Guild): Promise<Standing> {
  const { db } = tickets;
  const list = await tickets.settings.list(guild.id);
  const settings = new Map(list.map((setting) => [setting.key, setting]));
  const overrides = new Map(
    list.filter(({ overridden }) => overridden).map(({ key, value }) => [key, value]),
  );
  const chosen = chosenIn(overrides);
  const { rulesChannelId } = chosen;
  const draft = await readDraft(db, guild.id);
  const newest = await readNewestVersion(db, guild.id);
  const kinds = await categoriesOf(db, guild.id);
  return {
    guild,
    settings,
    ticketKinds: kinds.length,
    ticketPanel: await newestPanel(db, guild.id),
    hasStartButton: rulesChannelId !== null && (await hasPanel(db, guild.id, rulesChannelId)),
    isPublished: newest !== null,
    lacks: {
      onboarding: onboardingLacks(guild, chosen, draft, newest).length,
      tickets: ticketLacks(guild, kinds, overrides).length,
    },
  };
}

/** A setting as it is. */
export function settingOf({ settings }: Standing, key: SettingKey): EffectiveSetting {
  const setting = settings.get(key);
  if (setting === undefined) throw new TypeError(`${key} is no setting`);
  return setting;
}

/** Whether the feature of a step is switched off. */
function isOff(standing: Standing, step: Step): boolean {
  if (step.turnedBy !== undefined) return settingOf(standing, step.turnedBy).value === false;
  return step.feature === 'onboarding' && settingOf(standing, 'onboarding.mode').value === 'disabled';
}

/** How a step stands. */
export function stateOf(standing: Standing, step: Step): StepState {
  if (isOff(standing, step)) return 'off';
  if (step.panel === 'start') return standing.hasStartButton ? 'set' : 'open';
  if (step.panel === 'tickets') return panelState(standing);
  if (step.key === null) throw new TypeError(`${step.id} asks nothing`);
  const { value, overridden } = settingOf(standing, step.key);
  const { type } = definitionOf(step.key);
  if (type !== 'channel' && type !== 'role') return overridden ? 'set' : 'default';
  if (value === null) return 'open';
  const { channels, roles } = standing.guild;
  const there = type === 'channel' ? channels.cache.has(String(value)) : roles.cache.has(String(value));
  return there ? 'set' : 'gone';
}

function panelState({ guild, ticketPanel }: Standing): StepState {
  if (ticketPanel === null) return 'open';
  return guild.channels.cache.has(ticketPanel.channelId) ? 'set' : 'gone';
}

/** What a component of a step shows of it, to be compared when it is used. */
export function seenOf(standing: Standing, step: Step): string {
  if (step.key !== null) return settingOf(standing, step.key).version;
  return step.panel === 'tickets' ? String(standing.ticketPanel?.id ?? 0) : '0';
}

/** The step after one, past those of features that are off; null at the end. */
export function stepAfter(standing: Standing, step: Step): Step | null {
  const rest = steps.slice(steps.findIndex(({ id }) => id === step.id) + 1);
  return rest.find((next) => isAsked(standing, next)) ?? null;
}

/** The step before one, likewise; null at the beginning. */
export function stepBefore(standing: Standing, step: Step): Step | null {
  const past = steps.slice(
    0,
    steps.findIndex(({ id }) => id === step.id),
  );
  return past.findLast((one) => isAsked(standing, one)) ?? null;
}

/** A feature that is off is asked about once: where it can be switched on. */
function isAsked(standing: Standing, step: Step): boolean {
  return !isOff(standing, step) || step.turnedBy !== undefined || step.key === 'onboarding.mode';
}

/** Where to go on: at the beginning for a server in which nothing was chosen, else at what is open; null when nothing is. */
export function firstOpen(standing: Standing): Step | null {
  const isFresh = [...standing.settings.values()].every(({ overridden }) => !overridden);
  if (isFresh) return steps[0];
  return (
    steps.find((step) => {
      const state = stateOf(standing, step);
      return state === 'open' || state === 'gone';
    }) ?? null
  );
}
