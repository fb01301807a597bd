import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APITextInputComponent,
} from 'discord.js';

/** One input of a modal, with its name and what helps to fill it in. */
export function labelled(
  name: string,
  component: APILabelComponent['component'],
  description?: string,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: name,
    ...(description !== undefined && { description }),
    component,
  };
}

/**
 * A field to type in: one line that may stay empty, where nothing else is said.
 * @param value what stands in it already; Discord refuses an empty one.
 * @param max_length in UTF-16 units.
 */
export function textInput(
  custom_id: string,
  value: string,
  max_length: number,
  more: Partial<Pick<APITextInputComponent, 'style' | 'required'>> = {},
): APITextInputComponent {
  return {
    type: ComponentType.TextInput,
    custom_id,
    style: TextInputStyle.Short,
    required: false,
    max_length,
    ...(value !== '' && { value }),
    ...more,
  };
}
