/** What a token costs, in billionths of a dollar: what providers call dollars per million tokens, times a thousand. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** By the model's name; `*` is any other. */
export type Prices = Readonly<Record<string, Price>>;

/** What a cent is, in billionths of a dollar. Amounts of money are whole numbers of these, so that no sum rounds. */
export const CENT = 10_000_000;

export const DEFAULT_MODEL = 'gpt-4o-mini';

const dollarsPerMillion = (input: number, output: number): Price => ({
  input: Math.round(input * 1000),
  output: Math.round(output * 1000),
});

/** List prices of 2026, as the providers' pages had them; a host corrects them with OPENAI_PRICES. A version of a model (`gpt-4o-2024-08-06`) costs what the model does. */
const LIST: Prices = {
  'gpt-3.5-turbo': dollarsPerMillion(0.5, 1.5),
  'gpt-4-turbo': dollarsPerMillion(10, 30),
  'gpt-4.1': dollarsPerMillion(2, 8),
  'gpt-4.1-mini': dollarsPerMillion(0.4, 1.6),
  'gpt-4.1-nano': dollarsPerMillion(0.1, 0.4),
  'gpt-4o': dollarsPerMillion(2.5, 10),
  'gpt-4o-mini': dollarsPerMillion(0.15, 0.6),
  'gpt-5': dollarsPerMillion(1.25, 10),
  'gpt-5-mini': dollarsPerMillion(0.25, 2),
  'gpt-5-nano': dollarsPerMillion(0.05, 0.4),
  'gpt-5.2': dollarsPerMillion(1.75, 14),
  'gpt-5.4': dollarsPerMillion(2.5, 15),
  'gpt-5.4-mini': dollarsPerMillion(0.75, 4.5),
  'gpt-5.4-nano': dollarsPerMillion(0.2, 1.25),
  'gpt-5.5': dollarsPerMillion(5, 30),
  'gpt-5.5-pro': dollarsPerMillion(30, 180),
  'grok-3': dollarsPerMillion(3, 15),
  'grok-3-mini': dollarsPerMillion(0.3, 0.5),
  'grok-4': dollarsPerMillion(3, 15),
};

/** A model that nobody has named a price of costs this: no less than any other. */
const DEAREST: Price = {
  input: Math.max(...Object.values(LIST).map(({ input }) => input)),
  output: Math.max(...Object.values(LIST).map(({ output }) => output)),
};

const VERSION = /-\d{4}-\d{2}-\d{2}$/;
const PRICE = /^([^=\s]+)=(\d{1,4}(?:\.\d{1,3})?)\/(\d{1,4}(?:\.\d{1,3})?)$/;

/** What a model costs: as the host says, else by the list, else what the host says of all others; undefined when nobody named a price. */
export function knownPriceOf(model: string, given: Prices = {}): Price | undefined {
  const listed = (prices: Prices, name: string): Price | undefined =>
    Object.hasOwn(prices, name) ? prices[name] : undefined;
  const family = model.replace(VERSION, '');
  return (
    listed(given, model) ??
    listed(given, family) ??
    listed(LIST, model) ??
    listed(LIST, family) ??
    listed(given, '*')
  );
}

/** What a model counts as: its price, or where nobody named one the most that any costs. */
export function priceOf(model: string, given: Prices = {}): Price {
  return knownPriceOf(model, given) ?? DEAREST;
}

/** What so many tokens cost, in billionths of a dollar. */
export function costOf(price: Price, tokens: { readonly input: number; readonly output: number }): number {
  return price.input * tokens.input + price.output * tokens.output;
}

/**
 * Reads prices in dollars per million tokens, such as `my-model=0.15/0.6, *=0/0`: for input and for output, with at most three decimals.
 * @returns null for anything else.
 */
export function parsePrices(text: string): Prices | null {
  const prices: Record<string, Price> = {};
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, model, input, output] = PRICE.exec(part) ?? [];
    if (model === undefined) return null;
    prices[model] = dollarsPerMillion(Number(input), Number(output));
  }
  return prices;
}
