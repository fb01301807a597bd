import type { SeenMessage } from './seen-message.ts';
import type { SeenModal } from './modal.ts';

interface ReplyParts {
  message?: SeenMessage;
  updated?: boolean;
  modal?: SeenModal;
  failed?: string;
}

/** What a person got for a command, a click, a choice or a submitted modal. */
export class Reply {
  /** The new message, or the one that changed; null when there is none to see. */
  readonly message: SeenMessage | null;
  /** True when a message changed instead of a new one appearing. */
  readonly updated: boolean;
  /** The modal that opened instead. */
  readonly modal: SeenModal | null;
  /** Discord's own sentence when the bot did not answer; null otherwise. */
  readonly failed: string | null;

  constructor({ message, updated = false, modal, failed }: ReplyParts) {
    this.message = message ?? null;
    this.updated = updated;
    this.modal = modal ?? null;
    this.failed = failed ?? null;
  }

  /** All that can be read of it. */
  get text(): string {
    return this.message?.text ?? this.failed ?? '';
  }

  get ephemeral(): boolean {
    return this.message?.ephemeral ?? false;
  }
}
