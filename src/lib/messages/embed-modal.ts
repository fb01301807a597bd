import {
  TextInputStyle,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import type { SentenceKey, Translate } from '#lib/i18n/translate';
import { isDrawn } from '#lib/text/one-line';
import { plainText, safeEmbedText } from '#lib/text/sanitize';
import { EMBED_FOOTER_MAX, EMBED_TITLE_MAX, EMBED_TOTAL_MAX } from '#lib/ui/limits';
import { labelled, textInput } from '#lib/ui/modal-inputs';
import { colourText, readColour } from './colours.ts';

/** A field of a modal holds less than the description of an embed. */
const TYPED_DESCRIPTION_MAX = 4_000;
const COLOUR_MAX = 20;
const URL_MAX = 2_048;
const QUOTED_MAX = 60;

const INPUT = {
  title: 'title',
  description: 'description',
  colour: 'colour',
  footer: 'footer',
  image: 'image',
} as const;
type Input = keyof typeof INPUT;

/** The window in which an embed is written, filled in with what there is already. */
export function embedModal(
  t: Translate,
  customId: string,
  heading: SentenceKey,
  { title = '', description = '', color, footer, image }: APIEmbed = {},
): APIModalInteractionResponseCallbackData {
  const label = (input: Input): string => t(`messages:embed.field.${input}`);
  const hint = (input: 'description' | 'colour' | 'image'): string => t(`messages:embed.hint.${input}`);
  const colour = color === undefined ? '' : colourText(color);
  return {
    custom_id: customId,
    title: t(heading),
    components: [
      labelled(label('title'), textInput(INPUT.title, title, EMBED_TITLE_MAX)),
      labelled(
        label('description'),
        textInput(INPUT.description, description, TYPED_DESCRIPTION_MAX, { style: TextInputStyle.Paragraph }),
        hint('description'),
      ),
      labelled(label('colour'), textInput(INPUT.colour, colour, COLOUR_MAX), hint('colour')),
      labelled(
        label('footer'),
        textInput(INPUT.footer, footer?.text ?? '', EMBED_FOOTER_MAX, { style: TextInputStyle.Paragraph }),
      ),
      labelled(label('image'), textInput(INPUT.image, image?.url ?? '', URL_MAX), hint('image')),
    ],
  };
}

type Submitted = Pick<ModalSubmitInteraction, 'fields'>;

/** What was written, as Discord takes it. @throws UserError that says what does not fit. */
export function readEmbedModal({ fields }: Submitted): APIEmbed {
  const typed = (input: Input): string => plainText(fields.getTextInputValue(INPUT[input])).trim();
  const [title, description, footer] = [typed('title'), typed('description'), typed('footer')];
  if (!isDrawn(title) && !isDrawn(description)) throw new UserError('messages:embed.empty');
  const tooMuch = title.length + description.length + footer.length - EMBED_TOTAL_MAX;
  if (tooMuch > 0) throw new UserError('messages:embed.long', { count: tooMuch, max: EMBED_TOTAL_MAX });
  const [colour, image] = [typed('colour'), typed('image')];
  const color = colour === '' ? undefined : readColour(colour);
  if (color === null)
    throw new UserError('messages:embed.colour', { input: safeEmbedText(colour, QUOTED_MAX) });
  if (image !== '' && !isWebAddress(image))
    throw new UserError('messages:embed.image', { input: safeEmbedText(image, QUOTED_MAX) });
  return {
    ...(isDrawn(title) && { title }),
    ...(isDrawn(description) && { description }),
    ...(color !== undefined && { color }),
    ...(isDrawn(footer) && { footer: { text: footer } }),
    ...(image !== '' && { image: { url: image } }),
  };
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.')
  );
}

/** All that was typed, to be given back where it was not taken. */
export function typedInEmbed({ fields }: Submitted): string {
  return Object.values(INPUT)
    .map((id) => plainText(fields.getTextInputValue(id)).trim())
    .filter((text) => text !== '')
    .join('\n\n');
}
