import { ComponentType } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import type { PageFound } from '../web/protocol.ts';
import type { ComponentData } from './component-data.ts';
import { list, text } from './component-data.ts';
import type { Names } from './markdown.ts';
import type { Chosen, MenuOption } from './menu-select.ts';
import type { Store } from './store.ts';

const KINDS: Readonly<Partial<Record<ComponentType, readonly PageFound['kind'][]>>> = {
  [ComponentType.UserSelect]: ['user'],
  [ComponentType.RoleSelect]: ['role'],
  [ComponentType.MentionableSelect]: ['user', 'role'],
  [ComponentType.ChannelSelect]: ['channel'],
};

export function isSelect({ type }: ComponentData): boolean {
  return type === ComponentType.StringSelect || KINDS[type] !== undefined;
}

interface SelectUse {
  readonly store: Store;
  readonly component: ComponentData;
  readonly label: string;
  readonly names: Names;
  readonly disabled?: boolean;
  /** What the person has chosen already; what the bot chose beforehand when left out. */
  readonly chosen?: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}

/** A select of a message or a modal, whatever one chooses in it. */
export function select(use: SelectUse): TemplateResult {
  const { store, component, label, names, disabled = false, onChoose } = use;
  const options = list(component['options']).map(toOption);
  const kinds = KINDS[component.type] ?? null;
  const min = typeof component['min_values'] === 'number' ? component['min_values'] : 1;
  const max = typeof component['max_values'] === 'number' ? component['max_values'] : 1;
  return html`<menu-select
    .label=${label}
    .placeholder=${text(component['placeholder']) || 'Make a selection'}
    .options=${options}
    .search=${kinds === null ? null : searchFor(store, kinds, list(component['channel_types']).map(Number))}
    .chosen=${use.chosen ?? defaultsOf(component, names)}
    .min=${component['required'] === false ? 0 : min}
    .max=${max}
    .disabled=${disabled || component['disabled'] === true}
    @choose=${(event: CustomEvent<Chosen>) => onChoose(event.detail)}
  ></menu-select>`;
}

/** What the bot has chosen beforehand. */
export function defaultsOf(component: ComponentData, names: Names): Chosen {
  const options = list(component['options']).filter((option) => field(option, 'default') === true);
  const ids = list(component['default_values']).map((one) => {
    const id = text(field(one, 'id'));
    const sign = { user: '@', role: '@&', channel: '#' }[text(field(one, 'type'))] ?? '';
    return { value: id, label: `${sign[0] ?? ''}${names[`${sign}${id}`] ?? id}` };
  });
  return [...options.map(toOption), ...ids];
}

/** People, roles and channels whose name fits, as options. */
export function searchFor(
  store: Store,
  kinds: readonly PageFound['kind'][],
  channelTypes: readonly number[] = [],
): (words: string) => Promise<readonly MenuOption[]> {
  return async (words) => {
    const result = await store.act('search', { kinds, words, channelTypes });
    if (result.kind !== 'found') return [];
    return result.items.map(({ id, name, about, kind }) => ({
      value: id,
      label: `${kind === 'channel' ? '#' : '@'}${name}`,
      description: about,
    }));
  };
}

function toOption(option: unknown): MenuOption {
  const emoji = text(field(field(option, 'emoji'), 'name'));
  return {
    value: text(field(option, 'value')),
    label: `${emoji === '' ? '' : `${emoji} `}${text(field(option, 'label'))}`,
    description: text(field(option, 'description')),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
