import {
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
  type APIButtonComponentWithCustomId,
  type APIContainerComponent,
  type APIModalInteractionResponseCallbackData,
  type APISectionComponent,
  type APISelectMenuComponent,
} from 'discord.js';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { truncate } from '#lib/text/sanitize';
import {
  LABEL_DESCRIPTION_MAX,
  LABEL_TEXT_MAX,
  MODAL_TITLE_MAX,
  SELECT_OPTION_TEXT_MAX,
} from '#lib/ui/limits';
import { button, noteText, row, textDisplay, type Note } from '#lib/ui/components';
import { configIds } from './custom-ids.ts';
import { definitionOf, scopeOf, scopes, type SettingDefinition, type SettingKey } from './definitions.ts';
import type { EffectiveSetting } from './settings.ts';
import {
  choiceLabel,
  displayValue,
  settingDescription,
  settingName,
  typedValue,
  TYPED_VALUE_MAX,
} from './values.ts';
import { scopeDescription, valueOrDefault } from './views.ts';

/** Whether a setting is changed by a select in the panel; the others are typed, or toggled at once. */
export function isPicked(definition: SettingDefinition): boolean {
  return definition.type === 'channel' || definition.type === 'role' || definition.type === 'choice';
}

function changeButton(t: Translate, setting: EffectiveSetting): APIButtonComponentWithCustomId {
  const { key, value, version } = setting;
  if (definitionOf(key).type !== 'boolean')
    return button(t('config:panel.change'), configIds.build('edit', { key }));
  const target = value === true ? 'off' : 'on';
  return button(
    t(`config:panel.turn.${target}`),
    configIds.build('toggle', { key, seen: version, value: target }),
  );
}

function settingSection(t: Translate, setting: EffectiveSetting): APISectionComponent {
  const { key, value, overridden } = setting;
  const byDefault = t('config:panel.default', { value: displayValue(t, key, definitionOf(key).default) });
  return {
    type: ComponentType.Section,
    components: [
      textDisplay(
        [
          `**${settingName(t, key)}**: ${displayValue(t, key, value)}`,
          settingDescription(t, key),
          `-# \`${key}\` · ${overridden ? byDefault : t('config:panel.isDefault')}`,
        ].join('\n'),
      ),
    ],
    accessory: changeButton(t, setting),
  };
}

/** The panel: the settings of one scope, each with what changes it. Components V2. */
export function scopePanel(
  t: Translate,
  settings: readonly EffectiveSetting[],
  scope: string,
  note: Note | null,
): APIContainerComponent[] {
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${t('config:panel.title')}`),
        ...noteText(note),
        row({
          type: ComponentType.StringSelect,
          custom_id: configIds.build('scope', {}),
          placeholder: t('config:panel.chooseScope'),
          options: scopes.map((name) => ({
            label: name,
            value: name,
            description: truncate(scopeDescription(t, name), SELECT_OPTION_TEXT_MAX),
            default: name === scope,
          })),
        }),
        { type: ComponentType.Separator, divider: true },
        ...settings.filter(({ key }) => scopeOf(key) === scope).map((setting) => settingSection(t, setting)),
      ],
    },
  ];
}

/** The select from which a setting of a type that {@link isPicked} gets its value, with what it is now. */
export function valueSelect(
  t: Translate,
  setting: EffectiveSetting,
  customId: string,
): APISelectMenuComponent {
  const { key, value } = setting;
  const definition = definitionOf(key);
  const common = {
    custom_id: customId,
    placeholder: t('config:panel.choose'),
  };
  switch (definition.type) {
    case 'channel':
      return {
        ...common,
        type: ComponentType.ChannelSelect,
        channel_types: [...definition.channelTypes],
        ...(value !== null && {
          default_values: [{ id: String(value), type: SelectMenuDefaultValueType.Channel }],
        }),
      };
    case 'role':
      return {
        ...common,
        type: ComponentType.RoleSelect,
        ...(value !== null && {
          default_values: [{ id: String(value), type: SelectMenuDefaultValueType.Role }],
        }),
      };
    case 'choice':
      return {
        ...common,
        type: ComponentType.StringSelect,
        options: definition.choices.map((choice) => ({
          label: choiceLabel(t, key, choice),
          value: choice,
          default: choice === value,
        })),
      };
    default:
      throw new TypeError(`${key} is not picked from a list`);
  }
}

/** One setting with the select that fits its type. Components V2. */
export function pickPanel(
  t: Translate,
  setting: EffectiveSetting,
  note: Note | null,
): APIContainerComponent[] {
  const { key, value, overridden, version } = setting;
  const back = button(t('config:panel.back'), configIds.build('show', { scope: scopeOf(key) }));
  const reset = button(t('config:panel.reset'), configIds.build('reset', { key, seen: version }));
  return [
    {
      type: ComponentType.Container,
      components: [
        textDisplay(`## ${settingName(t, key)}`),
        ...noteText(note),
        textDisplay(
          `${settingDescription(t, key)}\n${t('config:panel.now', { value: valueOrDefault(t, key, overridden ? value : null) })}`,
        ),
        row(valueSelect(t, setting, configIds.build('pick', { key, seen: version }))),
        row(back, ...(overridden ? [reset] : [])),
      ],
    },
  ];
}

/** The id of the input in the modal. */
export const VALUE_INPUT = 'value';

/** The modal in which a number, durations or a zone are typed; empty means the default. */
export function valueModal(
  t: Translate,
  setting: EffectiveSetting,
  customId: string,
): APIModalInteractionResponseCallbackData {
  const { key, value } = setting;
  const definition = definitionOf(key);
  const byDefault =
    definition.type === 'durations' || definition.default === null
      ? displayValue(t, key, definition.default)
      : String(definition.default);
  const hint = `${inputHint(t, key, definition)} ${t('config:panel.emptyIsDefault', { value: byDefault })}`;
  return {
    custom_id: customId,
    title: truncate(settingName(t, key), MODAL_TITLE_MAX),
    components: [
      {
        type: ComponentType.Label,
        label: truncate(settingName(t, key), LABEL_TEXT_MAX),
        description: truncate(hint, LABEL_DESCRIPTION_MAX),
        component: {
          type: ComponentType.TextInput,
          custom_id: VALUE_INPUT,
          style: definition.type === 'text' ? TextInputStyle.Paragraph : TextInputStyle.Short,
          required: false,
          max_length: definition.type === 'text' ? definition.maximumLength : TYPED_VALUE_MAX,
          value: typedValue(key, value),
        },
      },
    ],
  };
}

function inputHint(t: Translate, key: SettingKey, definition: SettingDefinition): string {
  switch (definition.type) {
    case 'integer':
    case 'decimal':
      return t('config:panel.bounds', { minimum: definition.minimum, maximum: definition.maximum });
    case 'durations':
      return t('config:panel.durationsExample', { count: definition.maximumCount });
    case 'text':
      return t(`settings:${key}.hint` as SentenceKey);
    default:
      return t('config:panel.zoneExample');
  }
}
