const EXAMPLES_MAX = 5;

interface Noted {
  count: number;
  /** Ids of rows or names of settings: nothing that anybody wrote. */
  readonly examples: string[];
}

/** What became of the rows of one old table. */
export class Tally {
  #came = 0;
  #already = 0;
  readonly #repaired = new Map<string, Noted>();
  readonly #left = new Map<string, Noted>();
  /** What is to be known besides. */
  readonly #notes: string[] = [];
  #failure: string | null = null;

  /** @param table in the old database. */
  constructor(readonly table: string) {}

  /** A row came over, as it was or with these repairs. */
  came(example: string, repairs: Iterable<string> = []): void {
    this.#came += 1;
    for (const repair of repairs) note(this.#repaired, repair, example);
  }

  /** A row is here already, so nothing was done. */
  already(): void {
    this.#already += 1;
  }

  /** A row, or so many, stays where it is. */
  left(reason: string, example: string | null, count: number | null = 1): void {
    note(this.#left, reason, example, count ?? 0);
  }

  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  /** Nothing of the table came, whatever was counted until then. */
  failed(reason: string): void {
    this.#failure = reason;
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** How many rows came, were here before, and stay. */
  get counts(): { readonly came: number; readonly already: number; readonly left: number } {
    const left = [...this.#left.values()].reduce((sum, { count }) => sum + count, 0);
    return { came: this.#came, already: this.#already, left };
  }

  /** In plain lines, the first with the numbers. */
  lines(): string[] {
    if (this.#failure !== null)
      return [`${this.table}: nothing came, for it failed: ${this.#failure}. It can be run again.`];
    const { came, already, left } = this.counts;
    return [
      `${this.table}: ${[
        `${came} came`,
        ...(already === 0 ? [] : [`${already} here already`]),
        ...(left === 0 ? [] : [`${left} left`]),
      ].join(', ')}`,
      ...linesOf('repaired', this.#repaired),
      ...linesOf('left', this.#left),
      ...this.#notes.map((sentence) => `  ${sentence}`),
    ];
  }
}

function note(list: Map<string, Noted>, reason: string, example: string | null, count = 1): void {
  const noted = list.get(reason) ?? { count: 0, examples: [] };
  noted.count += count;
  if (example !== null && noted.examples.length < EXAMPLES_MAX) noted.examples.push(example);
  list.set(reason, noted);
}

function linesOf(what: string, list: ReadonlyMap<string, Noted>): string[] {
  return [...list].map(([reason, { count, examples }]) => {
    const more = count > examples.length && examples.length > 0 ? ' …' : '';
    const such = examples.length === 0 ? '' : ` (${examples.join(', ')}${more})`;
    return `  ${what} ${count}: ${reason}${such}`;
  });
}
