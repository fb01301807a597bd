/** What each kind of component of a feature carries: the names of its parts, in order. */
type Shapes = Readonly<Record<string, readonly string[]>>;

type Parts<Names extends readonly string[]> = { readonly [Name in Names[number]]: string };

export type ParsedCustomId<S extends Shapes> = {
  [Action in keyof S & string]: { readonly action: Action } & Parts<S[Action]>;
}[keyof S & string];

export interface CustomIds<S extends Shapes> {
  /** The start of every id of the feature, for handlers that look no further. */
  readonly prefix: string;
  build<Action extends keyof S & string>(action: Action, parts: Parts<S[Action]>): string;
  /** What an id says; `'outdated'` for one that another version of the bot made. */
  parse(customId: string): ParsedCustomId<S> | 'outdated';
}

const SEPARATOR = ':';

/**
 * The custom ids of one feature: `feature:version:action:part:part`. They hold all that is needed to act, so that a
 * component still works after a restart. Raise the version when the meaning of a part changes.
 */
export function customIds<const S extends Shapes>(feature: string, version: number, shapes: S): CustomIds<S> {
  const prefix = `${feature}${SEPARATOR}`;
  return {
    prefix,
    build(action, parts) {
      const names: readonly string[] = shapes[action] ?? [];
      const values = names.map((name) => (parts as Readonly<Record<string, string>>)[name] ?? '');
      const broken = values.find((value) => value.includes(SEPARATOR));
      if (broken !== undefined)
        throw new RangeError(`a part of a custom id may not contain "${SEPARATOR}": ${broken}`);
      return [feature, version, action, ...values].join(SEPARATOR);
    },
    parse(customId) {
      const [, givenVersion, action = '', ...values] = customId.split(SEPARATOR);
      const names = Object.hasOwn(shapes, action) ? shapes[action] : undefined;
      if (givenVersion !== String(version) || names === undefined || names.length !== values.length)
        return 'outdated';
      const parts = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      return { action, ...parts } as ParsedCustomId<S>;
    },
  };
}
