import { customIds } from '#lib/ui/custom-id';

/** The components of the assistant. They name no member: a question's row knows whose it is. */
export const assistantIds = customIds('ai', 1, {
  /** Under the text that asks whether a question may be sent. */
  agree: ['question'],
  notNow: ['question'],
  /** Takes the yes back; in `/privacy`. */
  withdraw: [],
  /** Shows an answer that waits where no direct message got through. */
  show: ['question'],
});

export type AssistantId = Exclude<ReturnType<typeof assistantIds.parse>, 'outdated'>;
