import type { Translate } from '#lib/i18n/translate';

/** Something that does not work as it is set up. */
export interface Finding {
  /** The same for as long as it is the same trouble. */
  readonly id: string;
  /** What is wrong and how it is mended, in one paragraph of markdown. */
  readonly say: (t: Translate) => string;
}

/** Looks for one kind of trouble. */
export interface Check<State> {
  readonly name: string;
  readonly run: (state: State) => readonly Finding[];
}

/** What all checks find, each finding under the name of its check. */
export function findingsOf<State>(checks: readonly Check<State>[], state: State): Finding[] {
  return checks.flatMap(({ name, run }) =>
    run(state).map((found) => ({ ...found, id: `${name}:${found.id}` })),
  );
}
