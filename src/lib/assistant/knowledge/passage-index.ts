import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch';
import { SEPARATOR, type Passage } from './passage.ts';
import { searchTerm } from './small-words.ts';

/** Passages that are put into the index at once; between them others have their turn. */
const CHUNK = 25;
/** Of the words of a question that say what it is about, so many must be found in a passage. */
const COVERAGE_MIN = 0.5;
/** What a word counts for that is found only with a typing error. */
const TYPO_COUNTS = 0.6;
/** A passage with less of the best one's score is about something else. */
const SCORE_MIN = 0.35;
const QUERY_MAX = 300;
/** From so many letters on one, or two, of a word may be wrong; short words are too like others. */
const TYPO_FROM = 5;
const TYPOS_FROM = 10;
const PREFIX_FROM = 4;

const options: SearchOptions = {
  boost: { heading: 3, source: 2 },
  fuzzy: (term) => (term.length < TYPO_FROM ? false : term.length < TYPOS_FROM ? 1 : 2),
  prefix: (term) => term.length >= PREFIX_FROM,
  weights: { fuzzy: 0.4, prefix: 0.6 },
};

/** Finds passages by what they say: with typing errors, the beginnings of words, and without regard to small words. */
export class PassageIndex {
  readonly #passages: readonly Passage[];
  readonly #search: MiniSearch;

  private constructor(passages: readonly Passage[], search: MiniSearch) {
    this.#passages = passages;
    this.#search = search;
  }

  static async of(passages: readonly Passage[]): Promise<PassageIndex> {
    const search = new MiniSearch({ fields: ['heading', 'source', 'text'], processTerm: searchTerm });
    const documents = passages.map((passage, id) => ({ id, ...passage }));
    await search.addAllAsync(documents, { chunkSize: CHUNK });
    return new PassageIndex(passages, search);
  }

  /** The passages that answer a question, the best first; none when nothing is about it. */
  find(words: string, limit: number): Passage[] {
    const asked = words.slice(0, QUERY_MAX);
    const terms = new Set(termsOf(asked));
    const found = (terms.size === 0 ? [] : this.#search.search(asked, options)).filter(
      (result) => coverage(result) >= terms.size * COVERAGE_MIN,
    );
    const best = found[0]?.score ?? 0;
    const fitting = found
      .filter(({ score }) => score >= best * SCORE_MIN)
      .flatMap(({ id }) => this.#passages[id as number] ?? []);
    // Whoever writes a heading, or chose it from those that are offered, wants what stands below it.
    const named = this.#passages.filter((passage) => isNamed(passage, folded(asked)));
    return [...new Set([...named, ...fitting])].slice(0, limit);
  }

  /** The names of passages that have these words in them, the best first; of all when there are no words yet. */
  names(words: string, limit: number): string[] {
    const asked = words.slice(0, QUERY_MAX);
    const found =
      termsOf(asked).length === 0
        ? this.#passages
        : this.#search
            .search(asked, { ...options, fields: ['heading', 'source'], prefix: true, combineWith: 'AND' })
            .flatMap(({ id }) => this.#passages[id as number] ?? []);
    return [...new Set(found.map(({ source }) => source))].slice(0, limit);
  }
}

/** How many words of the question a passage has. */
function coverage({ queryTerms, terms }: SearchResult): number {
  const asIs = new Set(queryTerms.filter((asked) => terms.some((found) => found.startsWith(asked))));
  return asIs.size + (new Set(queryTerms).size - asIs.size) * TYPO_COUNTS;
}

const folded = (text: string): string => text.trim().toLowerCase();

const isNamed = ({ source, heading }: Passage, wanted: string): boolean =>
  `${folded(source)}${SEPARATOR}`.startsWith(`${wanted}${SEPARATOR}`) || folded(heading) === wanted;

function termsOf(text: string): string[] {
  const tokenize = MiniSearch.getDefault('tokenize') as (text: string) => string[];
  return tokenize(text).flatMap((word) => searchTerm(word) ?? []);
}
