import type { Guild } from 'discord.js';
import { missingPermissions } from '#lib/discord/usable';
import { html, type Html } from '#lib/http/html';
import type { Translate } from '#lib/i18n/translate';
import {
  definitionOf,
  type ChannelDefinition,
  type RoleDefinition,
  type SettingKey,
} from '#lib/settings/definitions';
import type { EffectiveSetting } from '#lib/settings/settings';
import { choiceLabel, displayValue, typedValue } from '#lib/settings/values';
import { TIME_ZONES } from '#lib/time/zones';

/** A choice of a select. */
interface Option {
  readonly value: string;
  readonly text: string;
}

/** Texts longer than this get a field of several lines. */
const ONE_LINE_MAX = 100;
const ZONES_ID = 'time-zones';

export interface SettingInput {
  readonly id: string;
  /** What was typed and refused; null: what is in force stands there. */
  readonly typed: string | null;
  /** The ids of what describes it. */
  readonly describedBy: string;
}

/** What a value of a setting is typed or chosen in. */
export function settingInput(
  t: Translate,
  guild: Guild,
  { key, value }: EffectiveSetting,
  { id, typed, describedBy }: SettingInput,
): Html {
  const definition = definitionOf(key);
  const now = typed ?? typedValue(key, value);
  const attributes = html`id="${id}" name="value"
  aria-describedby="${describedBy}"${typed !== null && html` aria-invalid="true" autofocus`}`;
  switch (definition.type) {
    case 'boolean':
      return select(attributes, now, [
        { value: 'true', text: t('config:value.on') },
        { value: 'false', text: t('config:value.off') },
      ]);
    case 'choice':
      return select(
        attributes,
        now,
        definition.choices.map((choice) => ({ value: choice, text: choiceLabel(t, key, choice) })),
      );
    case 'channel':
      return select(attributes, now, [
        { value: '', text: t('config:value.none') },
        ...channelOptions(t, guild, definition, now),
      ]);
    case 'role':
      return select(attributes, now, [
        { value: '', text: t('config:value.none') },
        ...roleOptions(t, guild, definition, now),
      ]);
    case 'integer':
    case 'decimal':
      return html`<input
        type="number"
        ${attributes}
        value="${now}"
        min="${definition.minimum}"
        max="${definition.maximum}"
        step="${definition.type === 'integer' ? 1 : 0.1}"
      />`;
    case 'timezone':
      return html`<input
          ${attributes}
          value="${now}"
          list="${ZONES_ID}"
          autocomplete="off"
          spellcheck="false"
        />
        <datalist id="${ZONES_ID}">
          ${TIME_ZONES.map((zone) => html`<option value="${zone}"></option>`)}
        </datalist>`;
    case 'text':
      return definition.maximumLength > ONE_LINE_MAX
        ? html`<textarea ${attributes} maxlength="${definition.maximumLength}" rows="5">${now}</textarea>`
        : html`<input
            ${attributes}
            value="${now}"
            maxlength="${definition.maximumLength}"
            autocomplete="off"
            spellcheck="false"
          />`;
    case 'durations':
      return html`<input ${attributes} value="${now}" autocomplete="off" />`;
  }
}

/** What may be typed, and what stands there when nothing is. */
export function settingHint(t: Translate, key: SettingKey): string {
  const definition = definitionOf(key);
  const byDefault = displayValue(t, key, definition.default);
  const emptyIsDefault = t('config:panel.emptyIsDefault', { value: byDefault });
  switch (definition.type) {
    case 'integer':
    case 'decimal': {
      const { minimum, maximum } = definition;
      const bounds = t(
        definition.type === 'integer' ? 'config:panel.bounds' : 'dashboard:settings.decimalBounds',
        { minimum, maximum },
      );
      return `${bounds} ${emptyIsDefault}`;
    }
    case 'durations':
      return `${t('config:panel.durationsExample', { count: definition.maximumCount })} ${emptyIsDefault}`;
    case 'timezone':
      return `${t('config:panel.zoneExample')} ${emptyIsDefault}`;
    case 'text':
      return emptyIsDefault;
    default:
      return t('dashboard:settings.default', { value: byDefault });
  }
}

function select(attributes: Html, now: string, options: readonly Option[]): Html {
  return html`<select ${attributes}>
    ${options.map(
      ({ value, text }) =>
        html`<option value="${value}" ${value === now && html` selected`}>${text}</option>`,
    )}
  </select>`;
}

function channelOptions(
  t: Translate,
  guild: Guild,
  { channelTypes, botPermissions }: ChannelDefinition,
  now: string,
): Option[] {
  const channels = [...guild.channels.cache.values()]
    .filter((channel) => channelTypes.includes(channel.type))
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((channel) => {
      const name = `#${channel.name}`;
      const isUsable = missingPermissions(channel, botPermissions).length === 0;
      return { value: channel.id, text: isUsable ? name : t('dashboard:settings.unusable', { name }) };
    });
  return withCurrent(t, channels, now);
}

function roleOptions(t: Translate, guild: Guild, { isGiven }: RoleDefinition, now: string): Option[] {
  const highest = guild.members.me?.roles.highest;
  const roles = [...guild.roles.cache.values()]
    .filter((role) => role.id !== guild.id && !(isGiven && role.managed))
    .toSorted((one, other) => other.position - one.position)
    .map((role) => {
      const name = `@${role.name}`;
      const isUsable = !isGiven || (highest !== undefined && highest.comparePositionTo(role) > 0);
      return { value: role.id, text: isUsable ? name : t('dashboard:settings.unusable', { name }) };
    });
  return withCurrent(t, roles, now);
}

/** What is chosen may be gone from the server; then it is still what the setting says. */
function withCurrent(t: Translate, options: readonly Option[], now: string): Option[] {
  if (now === '' || options.some(({ value }) => value === now)) return [...options];
  return [{ value: now, text: t('dashboard:settings.gone', { id: now }) }, ...options];
}
