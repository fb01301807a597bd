import { readFileSync } from 'node:fs';

/** Something that gives orders to a language model. */
export interface Attack {
  readonly text: string;
  readonly language: string;
  /** How it is hidden; null where it is not. */
  readonly disguise: string | null;
}

/** A sentence as people in a community write it, in which nobody speaks to a model. */
export interface Ordinary {
  readonly text: string;
  readonly language: string;
}

/** The half that the code was tuned on, and the one that was only measured. */
export interface Halves<Row> {
  readonly tuned: readonly Row[];
  readonly heldOut: readonly Row[];
}

export const ATTACKS: Halves<Attack> = halves('attacks.json');
export const ORDINARY: Halves<Ordinary> = halves('ordinary.json');

function halves<Row>(name: string): Halves<Row> {
  const rows = JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Row[];
  return {
    tuned: rows.filter((_, index) => index % 2 === 0),
    heldOut: rows.filter((_, index) => index % 2 === 1),
  };
}
