import { UserError } from '#lib/errors/user-error';

/** PostgreSQL's largest integer. */
const ID_MAX = 2_147_483_647;

interface IdReader {
  /** What a person is told about a component that this version of the bot does not know. */
  outdated(): UserError;
  /** The number of a row in a part of a custom id. @throws UserError when it is none. */
  requireId(text: string): number;
  /** The version of a row in a part of a custom id. @throws UserError when it is none. */
  requireVersion(text: string): string;
  /** Which of some words a part of a custom id is. @throws UserError when it is none of them. */
  requireOneOf<const Word extends string>(text: string, ...words: readonly Word[]): Word;
}

/** Reads the parts of custom ids, which anybody can make up. @param command what shows the same anew. */
export function idReader(command: string): IdReader {
  const outdated = (): UserError => new UserError('common:outdated', { command });
  return {
    outdated,
    requireId(text) {
      const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
      if (!(id <= ID_MAX)) throw outdated();
      return id;
    },
    requireVersion(text) {
      if (!/^\d{1,15}$/.test(text)) throw outdated();
      return text;
    },
    requireOneOf(text, ...words) {
      const word = words.find((one) => one === text);
      if (word === undefined) throw outdated();
      return word;
    },
  };
}
