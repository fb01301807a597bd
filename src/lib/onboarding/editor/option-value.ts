import { truncate } from '#lib/text/sanitize';

/** Leaves room in custom ids, and for a number behind it. */
const SLUG_MAX = 24;

/**
 * What is stored of a new option: letters and digits of its label, and a number where another option of the question has
 * the same.
 */
export function optionValue(label: string, taken: readonly string[]): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const slug = truncate(words, SLUG_MAX).replaceAll(/[^\p{L}\p{N}-]|^-+|-+$/gu, '') || 'option';
  if (!taken.includes(slug)) return slug;
  let number = 2;
  while (taken.includes(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}
