import type { UserError as Denial } from '@sapphire/framework';
import type { Interaction } from 'discord.js';
import { classifyError, type ErrorKind } from '#lib/errors/classify';
import { UserError } from '#lib/errors/user-error';
import { interactionCorrelation } from '#lib/logging/correlation';
import type { Clock } from '#lib/time/clock';

/** What a person used: the bot answers to no text commands, so there is no type for them. */
export type UseType = 'slash' | 'context-menu' | 'button' | 'select' | 'modal';

export interface Failure {
  readonly kind: ErrorKind | 'denied';
  /** The key of the sentence that the person read; null where it was no refusal of ours. */
  readonly sentence: string | null;
}

/** One time that somebody used a command or a component. */
export interface Use {
  /** Null: in a direct message. */
  readonly guildId: string | null;
  readonly userId: string;
  readonly name: string;
  readonly type: UseType;
  /** Null: it went well. */
  readonly failure: Failure | null;
  readonly durationMs: number;
  readonly at: Date;
  readonly correlationId: string;
}

/** Of a custom id only what is made of words: a part may be anything. */
const WORDS = /^[A-Za-z][A-Za-z_-]{0,49}$/;
const UNKNOWN_PART = 'unknown';

/** What was used, by name: `reminder add`, or of a component its feature and what it does, never an id. Null for autocomplete. */
export function whatWasUsed(interaction: Interaction): { name: string; type: UseType } | null {
  if (interaction.isChatInputCommand()) {
    const { commandName, options } = interaction;
    const parts = [commandName, options.getSubcommandGroup(false), options.getSubcommand(false)];
    return { name: parts.filter((part) => part !== null).join(' '), type: 'slash' };
  }
  if (interaction.isContextMenuCommand()) return { name: interaction.commandName, type: 'context-menu' };
  if (interaction.isButton()) return { name: componentName(interaction.customId), type: 'button' };
  if (interaction.isAnySelectMenu()) return { name: componentName(interaction.customId), type: 'select' };
  if (interaction.isModalSubmit()) return { name: componentName(interaction.customId), type: 'modal' };
  return null;
}

function componentName(customId: string): string {
  const [feature = '', , action = ''] = customId.split(':');
  return [feature, action].map((part) => (WORDS.test(part) ? part : UNKNOWN_PART)).join(' ');
}

/** An error as it is counted. */
export function failureOf(error: unknown): Failure {
  return {
    kind: classifyError(error),
    sentence: error instanceof UserError ? error.sentence : null,
  };
}

/** A precondition's no as it is counted. */
export function denialOf({ identifier }: Denial): Failure {
  return { kind: 'denied', sentence: identifier };
}

/** Interactions from their arrival to their end. Of several ends the first one counts: an error is said before the end is. */
export class Uses {
  readonly #clock: Clock;
  readonly #note: (use: Use) => void;
  readonly #arrivals = new WeakMap<Interaction, { readonly at: Date; readonly startedMs: number }>();

  /** @param note is given each use once it has ended. */
  constructor(clock: Clock, note: (use: Use) => void) {
    this.#clock = clock;
    this.#note = note;
  }

  arrived(interaction: Interaction): void {
    this.#arrivals.set(interaction, { at: this.#clock.now(), startedMs: performance.now() });
  }

  ended(interaction: Interaction, failure: Failure | null): void {
    const arrival = this.#arrivals.get(interaction);
    const used = whatWasUsed(interaction);
    if (arrival === undefined || used === null) return;
    this.#arrivals.delete(interaction);
    this.#note({
      guildId: interaction.guildId,
      userId: interaction.user.id,
      ...used,
      failure,
      durationMs: Math.round(performance.now() - arrival.startedMs),
      at: arrival.at,
      correlationId: interactionCorrelation(interaction.id),
    });
  }
}
