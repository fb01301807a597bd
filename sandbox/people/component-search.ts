import { ComponentType } from 'discord-api-types/v10';
import type { ComponentData } from '../state/components.ts';
import { asComponentData, childrenOf, walkComponents } from '../state/components.ts';
import type { MessageRecord } from '../state/records.ts';
import { ClientRefusal } from './client-refusal.ts';
import { textOfComponent } from './message-text.ts';
import { isSelect, toButton, toSelect } from './seen-components.ts';

/** How a person names a button or a select: by what it says, or by its custom id. */
export type ComponentTarget = string | { customId: string };

export interface FoundComponent {
  message: MessageRecord;
  component: ComponentData;
}

/** The newest message with such a button that can be clicked. `messages`: newest first. */
export function findButton(messages: readonly MessageRecord[], target: ComponentTarget): FoundComponent {
  const wanted = typeof target === 'string' ? target : target.customId;
  return findEnabled(messages, `button "${wanted}"`, (components) => {
    const buttons = [...walkComponents(components)].filter(({ type }) => type === ComponentType.Button);
    const byLabel = (same: (label: string) => boolean) =>
      buttons.filter((button) => same(toButton(button).label));
    if (typeof target !== 'string') return buttons.filter((button) => button.custom_id === wanted);
    const exact = byLabel((label) => label === wanted);
    if (exact.length > 0) return exact;
    return byLabel((label) => label.toLowerCase() === wanted.toLowerCase());
  });
}

/** The same for a select: by placeholder, custom id, or the text that stands before it. */
export function findSelect(messages: readonly MessageRecord[], target: ComponentTarget): FoundComponent {
  const wanted = typeof target === 'string' ? target : target.customId;
  return findEnabled(messages, `select "${wanted}"`, (components) => {
    const selects = selectsWithHeading(components);
    const matching = (same: (select: SelectWithHeading) => boolean) =>
      selects.filter(same).map(({ select }) => select);
    const byCustomId = matching(({ select }) => select.custom_id === wanted);
    if (typeof target !== 'string') return byCustomId;
    const byPlaceholder = matching(({ select }) => toSelect(select).placeholder === wanted);
    if (byPlaceholder.length > 0) return byPlaceholder;
    if (byCustomId.length > 0) return byCustomId;
    // A select shows what is chosen in place of its placeholder.
    const byShown = matching(({ select }) => textOfComponent(select) === `(${wanted} ▾)`);
    if (byShown.length > 0) return byShown;
    return matching(({ heading }) => heading.includes(wanted));
  });
}

function findEnabled(
  messages: readonly MessageRecord[],
  description: string,
  search: (components: readonly ComponentData[]) => ComponentData[],
): FoundComponent {
  let sawDisabled = false;
  for (const message of messages) {
    const found = search(asComponentData(message.components));
    const enabled = found.find(({ disabled }) => disabled !== true);
    if (enabled) return { message, component: enabled };
    if (found.length > 0) sawDisabled = true;
  }
  throw new ClientRefusal(
    sawDisabled
      ? `The ${description} is disabled.`
      : `There is no ${description} to be seen${offered(messages)}.`,
  );
}

/** What the newest message with components has, for who named something else. */
function offered(messages: readonly MessageRecord[]): string {
  const newest = messages.find(({ components }) => components.length > 0);
  if (newest === undefined) return '';
  const usable = [...walkComponents(asComponentData(newest.components))].filter(
    (component) => isSelect(component) || component.type === ComponentType.Button,
  );
  return `; there is ${usable.map(textOfComponent).join(' ')}`;
}

interface SelectWithHeading {
  select: ComponentData;
  heading: string;
}

/** Each select with the nearest text above it. */
function selectsWithHeading(components: readonly ComponentData[]): SelectWithHeading[] {
  const found: SelectWithHeading[] = [];
  let heading = '';
  const visit = (component: ComponentData): void => {
    if (component.type === ComponentType.TextDisplay) heading = textOfComponent(component);
    if (isSelect(component)) found.push({ select: component, heading });
    childrenOf(component).forEach(visit);
  };
  components.forEach(visit);
  return found;
}
