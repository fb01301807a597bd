/** Where in a body (or query) a problem sits: object keys and array indexes from the root. */
export type ProblemPath = readonly (string | number)[];

/** One reason why Discord would refuse a request. */
export interface Problem {
  readonly path: ProblemPath;
  /** Discord's name for it, as it appears under `_errors`. */
  readonly code: string;
  readonly message: string;
  /** Discord's numeric error code where it is not 50035 (Invalid Form Body). */
  readonly httpCode?: number;
}

/** Collects problems below one path; `at` gives a collector for a child. */
export class Findings {
  readonly #list: Problem[];
  readonly #path: ProblemPath;

  constructor(list: Problem[] = [], path: ProblemPath = []) {
    this.#list = list;
    this.#path = path;
  }

  get list(): readonly Problem[] {
    return this.#list;
  }

  at(...keys: (string | number)[]): Findings {
    return new Findings(this.#list, [...this.#path, ...keys]);
  }

  add(code: string, message: string, httpCode?: number): void {
    this.#list.push({ path: this.#path, code, message, httpCode });
  }

  required(): void {
    this.add('BASE_TYPE_REQUIRED', 'This field is required');
  }

  choices(value: unknown, allowed: readonly (string | number)[]): void {
    this.add('BASE_TYPE_CHOICES', `Value ${print(value)} must be one of (${allowed.join(', ')}).`);
  }

  tooLong(maximum: number): void {
    this.add('BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`);
  }

  tooShort(minimum: number): void {
    if (minimum === 1) this.required();
    else this.add('BASE_TYPE_MIN_LENGTH', `Must be ${minimum} or more in length.`);
  }

  duplicate(): void {
    this.add('SET_TYPE_DUPLICATE', 'Must not contain a value twice.');
  }

  badLength(minimum: number, maximum: number): void {
    this.add('BASE_TYPE_BAD_LENGTH', `Must be between ${minimum} and ${maximum} in length.`);
  }

  tooHigh(maximum: number | bigint): void {
    this.add('NUMBER_TYPE_MAX', `int value should be less than or equal to ${maximum}.`);
  }

  tooLow(minimum: number | bigint): void {
    this.add('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${minimum}.`);
  }
}

/** A value for a message: short, on one line. */
export function print(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
