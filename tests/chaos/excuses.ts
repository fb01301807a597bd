import type { Hindrance, History } from './history.ts';

const MINUTE_MS = 60_000;
/** The run's clock goes on while things happen. */
export const SLACK_MS = MINUTE_MS;
/** After a trouble is over, a message may wait for a lease (a minute) and for a retry (a quarter of an hour). */
const LINGER_MS = 17 * MINUTE_MS;

/** Which troubles of a run explain what became of a message. */
export class Excuses {
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  wasHindered(channelId: string, from: Date, to: Date): boolean {
    return this.#history.hindrances.some(
      (hindrance) => this.#concerns(hindrance, channelId) && overlaps(hindrance, from, to),
    );
  }

  /** Discord said that the message may not be sent there. */
  wasRefused(channelId: string, from: Date, to: Date): boolean {
    return this.#history.hindrances.some(
      (hindrance) =>
        isRefusal(hindrance) && this.#concerns(hindrance, channelId) && overlaps(hindrance, from, to),
    );
  }

  /** The bot cannot see any more what it sent, so it cannot know. */
  wasOutOfSight(channelId: string, due: Date, settledAt: Date): boolean {
    return this.#history.hindrances.some(
      (hindrance) =>
        (hindrance.what.kind === 'channel deleted' ||
          (hindrance.what.kind === 'permission' && hindrance.what.deny === 'ViewChannel')) &&
        this.#concerns(hindrance, channelId) &&
        hindrance.from <= settledAt &&
        hindrance.to >= due,
    );
  }

  /** What has to do with one channel excuses nothing in another. */
  #concerns({ what }: Hindrance, channelId: string): boolean {
    if (what.kind !== 'permission' && what.kind !== 'channel deleted') return true;
    return this.#history.reminders.some(
      (reminder) => reminder.channelId === channelId && reminder.channel === what.channel,
    );
  }
}

function overlaps(hindrance: Hindrance, from: Date, to: Date): boolean {
  return (
    hindrance.from.getTime() - SLACK_MS <= to.getTime() &&
    hindrance.to.getTime() + LINGER_MS >= from.getTime()
  );
}

function isRefusal({ what }: Hindrance): boolean {
  switch (what.kind) {
    case 'permission':
    case 'channel deleted':
    case 'guild unavailable':
      return true;
    case 'discord':
      return what.answer === '403' || what.answer === '404';
    default:
      return false;
  }
}
