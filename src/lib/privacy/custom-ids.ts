import { customIds } from '#lib/ui/custom-id';

/** What the button under an agreement of the Python bot carries. Its text was another one, so it shows the one to agree to now. */
export const OLD_AGREE_ID = 'gdpr_agree';

/** The components of `/privacy` and of the privacy text. They name no member: each acts for whoever uses it. */
export const privacyIds = customIds('privacy', 1, {
  home: [],
  /** A page of what is stored. */
  stored: ['page'],
  export: [],
  /** Asks how far a deletion shall go; then twice whether it shall be. `scope` is `guild`, the one where it is pressed, or `all`. */
  erase: [],
  eraseSure: ['scope'],
  eraseLast: ['scope'],
  eraseDo: ['scope'],
  /** Takes a deletion back. */
  keep: ['erasure'],
  /** Opens the modal for a code. */
  receipt: [],
  readReceipt: [],
  /** Shows the privacy text, in a language or that of whoever reads it. */
  read: ['locale'],
  /** `hash` is the beginning of the text's: numbers begin anew where everything of a guild was erased. */
  agree: ['version', 'locale', 'hash'],
  withdraw: [],
});

/** The components of `/gdpr`. `seen` is the state of the drafts that the panel shows. */
export const gdprIds = customIds('gdpr', 1, {
  edit: ['locale'],
  /** The modal in which a text is written. */
  write: ['locale', 'seen'],
  publish: ['seen'],
  post: [],
});

export type PrivacyId = Exclude<ReturnType<typeof privacyIds.parse>, 'outdated'>;
export type GdprId = Exclude<ReturnType<typeof gdprIds.parse>, 'outdated'>;
