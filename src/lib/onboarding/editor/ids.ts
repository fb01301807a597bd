import { idReader } from '#lib/ui/id-reader';
import { listNames, type ListName } from './rows.ts';

export const { outdated, requireId, requireVersion, requireOneOf } = idReader('/onboarding');

/** @throws UserError when the part of a custom id names no list. */
export function requireList(text: string): ListName {
  return requireOneOf(text, ...listNames);
}
