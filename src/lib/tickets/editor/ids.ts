import { UserError } from '#lib/errors/user-error';

/** The command that shows where tickets are set up. */
const COMMAND = '/ticket_setup';
/** PostgreSQL's largest integer. */
const ID_MAX = 2_147_483_647;

/** What a person is told about a component that this version of the bot does not know. */
export function outdated(): UserError {
  return new UserError('common:outdated', { command: COMMAND });
}

/** @throws UserError when the part of a custom id is no number of a row. */
export function requireId(text: string): number {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(id <= ID_MAX)) throw outdated();
  return id;
}

/** @throws UserError when the part of a custom id is no version of a row. */
export function requireVersion(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw outdated();
  return text;
}

/** @throws UserError when the part of a custom id is neither of two words. */
export function requireOneOf<const Word extends string>(text: string, ...words: Word[]): Word {
  const word = words.find((one) => one === text);
  if (word === undefined) throw outdated();
  return word;
}
