import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type ModalSubmitInteraction,
} from 'discord.js';
import { isDrawn } from '#lib/text/one-line';
import { plainText, stripMentions } from '#lib/text/sanitize';

/** A field for a longer text. @param max in UTF-16 units. */
export function paragraphInput(
  customId: string,
  label: string,
  description: string,
  max: number,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    description,
    component: {
      type: ComponentType.TextInput,
      custom_id: customId,
      style: TextInputStyle.Paragraph,
      required: true,
      max_length: max,
    },
  };
}

/** What was typed into a field, without mentions; empty when there is nothing to see of it. */
export function typedIn(interaction: ModalSubmitInteraction, customId: string): string {
  return shownText(interaction.fields.getTextInputValue(customId));
}

/** What a person wrote, without mentions; empty when there is nothing to see of it. */
export function shownText(text: string): string {
  const shown = stripMentions(plainText(text)).trim();
  return isDrawn(shown) ? shown : '';
}
