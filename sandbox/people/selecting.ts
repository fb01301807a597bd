import { ComponentType } from 'discord-api-types/v10';
import type { ChannelType } from 'discord-api-types/v10';
import type { ComponentData } from '../state/components.ts';
import { ClientRefusal } from './client-refusal.ts';
import type { Reference } from './names.ts';
import type { PickContext } from './option-values.ts';
import { pickChannel, pickMember, pickMentionable, pickRole } from './option-values.ts';
import { toSelect } from './seen-components.ts';

/** One thing or several that a person chooses in a select. */
export type Picks = Reference | readonly Reference[];

/** The values that the client sends for a select. Throws what it does not let a person choose. */
export function pickValues(select: ComponentData, picks: Picks, context: PickContext): string[] {
  const wanted = (Array.isArray(picks) ? picks : [picks]) as readonly Reference[];
  const { minValues, maxValues, placeholder, customId } = toSelect(select);
  const name = placeholder || customId;
  if (wanted.length < minValues) throw new ClientRefusal(`"${name}": Select at least ${minValues}.`);
  if (wanted.length > maxValues) throw new ClientRefusal(`"${name}": Select at most ${maxValues}.`);
  return wanted.map((reference) => pickValue(select, reference, context));
}

function pickValue(select: ComponentData, reference: Reference, context: PickContext): string {
  switch (select.type) {
    case ComponentType.UserSelect:
      return pickMember(reference, context);
    case ComponentType.RoleSelect:
      return pickRole(reference, context);
    case ComponentType.MentionableSelect:
      return pickMentionable(reference, context);
    case ComponentType.ChannelSelect:
      return pickChannel(reference, (select.channel_types ?? []) as ChannelType[], context);
    default:
      return chooseOption(select, reference);
  }
}

/** An option of a string select, a radio group or a checkbox group: by its value or by what it says. */
function chooseOption(select: ComponentData, reference: Reference): string {
  const wanted = typeof reference === 'string' ? reference : reference.id;
  const options = (select.options ?? []) as { label: string; value: string }[];
  const found =
    options.find(({ value }) => value === wanted) ?? options.find(({ label }) => label === wanted);
  if (found) return found.value;
  throw new ClientRefusal(`"${wanted}" is not among ${options.map(({ label }) => `"${label}"`).join(', ')}.`);
}
