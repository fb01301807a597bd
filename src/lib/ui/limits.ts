/**
 * Discord's length and count limits. Discord counts characters; a JavaScript string is never counted shorter than that.
 */

/** https://discord.com/developers/docs/resources/message#create-message */
export const MESSAGE_CONTENT_MAX = 2000;

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const EMBED_TITLE_MAX = 256;
export const EMBED_DESCRIPTION_MAX = 4096;
export const EMBED_FIELDS_MAX = 25;
export const EMBED_FIELD_NAME_MAX = 256;
export const EMBED_FIELD_VALUE_MAX = 1024;
export const EMBED_FOOTER_MAX = 2048;
export const EMBED_AUTHOR_MAX = 256;
/** Title, description, field names and values, footer and author of all embeds of a message together. */
export const EMBED_TOTAL_MAX = 6000;

/** https://discord.com/developers/docs/components/reference */
export const CUSTOM_ID_MAX = 100;
export const BUTTON_LABEL_MAX = 80;
export const SELECT_OPTION_TEXT_MAX = 100;
export const SELECT_PLACEHOLDER_MAX = 150;
export const MODAL_TITLE_MAX = 45;
export const LABEL_TEXT_MAX = 45;
export const LABEL_DESCRIPTION_MAX = 100;

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const CHOICES_MAX = 25;
export const CHOICE_NAME_MAX = 100;
