import { ButtonStyle, type APIContainerComponent } from 'discord.js';
import type { Translate } from '#lib/i18n/translate';
import { truncateMarkdown } from '#lib/text/sanitize';
import { button, row, textDisplay, type Note } from '#lib/ui/components';
import { screen, separator } from '#lib/ui/editing';
import { typedParts, type Typed } from './typed.ts';

/** What was typed needs its room: all text of a message together has 4,000 characters. */
const NOW_MAX = 800;

interface Refused {
  readonly note: Note;
  /** What there is now, where somebody changed it meanwhile. */
  readonly now: string | null;
  readonly typed: Typed;
  /** The ids of what opens the modal again, where that makes sense, and of what leaves it. */
  readonly again: string | null;
  readonly back: string;
}

/** Why what was typed in a modal was not saved, with what was typed. Components V2. */
export function refusedScreen(
  t: Translate,
  { note, now, typed, again, back }: Refused,
): APIContainerComponent[] {
  return screen(
    t('onboarding-editor:refused.title'),
    note,
    ...(now === null
      ? []
      : [
          textDisplay(`**${t('onboarding-editor:refused.now')}**`),
          textDisplay(truncateMarkdown(now, NOW_MAX)),
        ]),
    separator(),
    textDisplay(t('onboarding-editor:refused.typed')),
    ...typedParts(t, typed),
    separator(),
    row(
      ...(again === null ? [] : [button(t('onboarding-editor:button.again'), again, ButtonStyle.Primary)]),
      button(t('onboarding-editor:button.leave'), back),
    ),
  );
}
