import {
  ComponentType,
  TextInputStyle,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '#lib/errors/user-error';
import { locales, type Locale, type SentenceKey, type Translate } from '#lib/i18n/translate';
import { plainText, truncate } from '#lib/text/sanitize';
import { labelled, textInput } from '#lib/ui/modal-inputs';
import { entryText, KEYWORDS_MAX } from './entry-text.ts';
import { ANSWER_MAX, isLanguage, TITLE_MAX, type EntryText } from './queries.ts';

const INPUT = { title: 'title', answer: 'answer', keywords: 'keywords', language: 'language' } as const;

/** The window in which an entry is written, filled in with what there is already. */
export function entryModal(
  t: Translate,
  { customId, heading }: { readonly customId: string; readonly heading: SentenceKey },
  { title, summary, keywords, language }: EntryText,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title: t(heading),
    components: [
      labelled(
        t('faq:modal.title'),
        textInput(INPUT.title, title, TITLE_MAX, { required: true }),
        t('faq:modal.titleHelp'),
      ),
      labelled(
        t('faq:modal.answer'),
        textInput(INPUT.answer, summary, ANSWER_MAX, { required: true, style: TextInputStyle.Paragraph }),
        t('faq:modal.answerHelp'),
      ),
      labelled(
        t('faq:modal.keywords'),
        textInput(INPUT.keywords, truncate(keywords.join(', '), KEYWORDS_MAX), KEYWORDS_MAX),
        t('faq:modal.keywordsHelp'),
      ),
      languageSelect(t, language),
    ],
  };
}

/** The select in which the language of an entry is chosen. */
export function languageSelect(t: Translate, chosen: Locale): APILabelComponent {
  const options = locales.map((locale) => ({
    label: t(`faq:language.${locale}`),
    value: locale,
    default: locale === chosen,
  }));
  return labelled(
    t('faq:modal.language'),
    { type: ComponentType.StringSelect, custom_id: INPUT.language, options },
    t('faq:modal.languageHelp'),
  );
}

type Submitted = Pick<ModalSubmitInteraction, 'fields'>;

/** The language that was chosen. @throws UserError when it is none. */
export function readLanguage({ fields }: Submitted): Locale {
  const [chosen = ''] = fields.getStringSelectValues(INPUT.language);
  if (!isLanguage(chosen)) throw new UserError('faq:noLanguage');
  return chosen;
}

/** What an admin wrote, as it is kept. @throws UserError when title or answer are empty. */
export function readEntryModal(interaction: Submitted): EntryText {
  const { fields } = interaction;
  return entryText({
    title: fields.getTextInputValue(INPUT.title),
    answer: fields.getTextInputValue(INPUT.answer),
    keywords: fields.getTextInputValue(INPUT.keywords).split(/[,;\n]/),
    language: readLanguage(interaction),
  });
}

/** All that was typed, to be given back where it was not taken. */
export function typedInEntry({ fields }: Submitted): string {
  return [INPUT.title, INPUT.answer, INPUT.keywords]
    .map((id) => plainText(fields.getTextInputValue(id)).trim())
    .filter((text) => text !== '')
    .join('\n\n');
}
