import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const LANGUAGES = path.resolve(import.meta.dirname, '../../../src/languages');

/** Every sentence of a language as its files have it, by key. */
export function sentencesOf(locale: string): ReadonlyMap<string, string> {
  const folder = path.join(LANGUAGES, locale);
  return new Map(
    readdirSync(folder).flatMap((file) => {
      const content: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
      return flatten(content).map(([key, text]) => [`${path.basename(file, '.json')}:${key}`, text] as const);
    }),
  );
}

function flatten(node: unknown, before: readonly string[] = []): [string, string][] {
  if (typeof node === 'string') return [[before.join('.'), node]];
  if (typeof node !== 'object' || node === null) throw new TypeError(`${before.join('.')} is no sentence`);
  return Object.entries(node).flatMap(([name, inner]) => flatten(inner, [...before, name]));
}

/** The names of the places that a sentence has for values. */
export function placeholdersOf(sentence: string): string[] {
  const names = [...sentence.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}
