import type { ButtonStyle } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import type { ComponentData } from '../state/components.ts';

export interface SeenButton {
  label: string;
  /** Null for a link. */
  customId: string | null;
  url: string | null;
  style: ButtonStyle;
  disabled: boolean;
}

export interface SeenSelect {
  type: ComponentType;
  placeholder: string;
  customId: string;
  disabled: boolean;
  minValues: number;
  maxValues: number;
  /** Only of a string select. */
  options: { label: string; value: string; description: string; isDefault: boolean }[];
  /** The ids that are chosen beforehand, of the other selects. */
  defaultIds: string[];
}

export function isSelect(component: ComponentData): boolean {
  return (
    component.type === ComponentType.StringSelect ||
    component.type === ComponentType.UserSelect ||
    component.type === ComponentType.RoleSelect ||
    component.type === ComponentType.MentionableSelect ||
    component.type === ComponentType.ChannelSelect
  );
}

export function toButton(component: ComponentData): SeenButton {
  const emoji = component.emoji as { name?: string } | undefined;
  return {
    label: typeof component.label === 'string' ? component.label : (emoji?.name ?? ''),
    customId: component.custom_id ?? null,
    url: typeof component.url === 'string' ? component.url : null,
    style: component.style as ButtonStyle,
    disabled: component.disabled === true,
  };
}

interface SelectOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}

export function toSelect(component: ComponentData): SeenSelect {
  const options = (component.options ?? []) as SelectOption[];
  const defaults = (component.default_values ?? []) as { id: string }[];
  return {
    type: component.type,
    placeholder: typeof component.placeholder === 'string' ? component.placeholder : '',
    customId: component.custom_id ?? '',
    disabled: component.disabled === true,
    minValues: typeof component.min_values === 'number' ? component.min_values : 1,
    maxValues: typeof component.max_values === 'number' ? component.max_values : 1,
    options: options.map((option) => ({
      label: option.label,
      value: option.value,
      description: option.description ?? '',
      isDefault: option.default === true,
    })),
    defaultIds: defaults.map(({ id }) => id),
  };
}
