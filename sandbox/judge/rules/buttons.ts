import type { Findings } from '../problem.ts';
import { isEmpty, isRecord } from '../values.ts';
import { judgeUrl } from './embeds.ts';

const LINK = 5;
const PREMIUM = 6;
const LINK_SCHEMES = ['http:', 'https:', 'discord:'];

/** docs (components/reference, button): each style has one field that it needs and others that it must not have. */
export function judgeButton(button: Record<string, unknown>, findings: Findings): void {
  const needed = button['style'] === LINK ? 'url' : button['style'] === PREMIUM ? 'sku_id' : 'custom_id';
  const forbidden = ['custom_id', 'url', 'sku_id'].filter((field) => field !== needed);
  if (button['style'] === PREMIUM) forbidden.push('label', 'emoji');
  if (isEmpty(button[needed])) findings.at(needed).required();
  for (const field of forbidden) {
    if (isEmpty(button[field])) continue;
    findings
      .at(field)
      .add(
        'BUTTON_COMPONENT_FIELD_NOT_ALLOWED',
        `A button of this style cannot have "${field}", only "${needed}".`,
      );
  }
  if (button['style'] !== PREMIUM && isEmpty(button['label']) && !hasEmoji(button['emoji'])) {
    findings.at('label').add('BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required');
  }
  if (needed === 'url') judgeUrl(button['url'], findings.at('url'), LINK_SCHEMES);
}

function hasEmoji(emoji: unknown): boolean {
  return isRecord(emoji) && (!isEmpty(emoji['id']) || !isEmpty(emoji['name']));
}
