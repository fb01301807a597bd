import { describe, expect, test } from 'vitest';
import { CENT, costOf, parsePrices, priceOf } from '#lib/assistant/prices';

describe('the price of a model', () => {
  test('is the list’s, for its versions too', () => {
    expect(priceOf('gpt-4o-mini')).toEqual({ input: 150, output: 600 });
    expect(priceOf('gpt-4o-2024-08-06')).toEqual(priceOf('gpt-4o'));
    expect(priceOf('grok-3')).toEqual({ input: 3_000, output: 15_000 });
  });

  test('that nobody named is the dearest, and never nothing', () => {
    for (const model of ['new-model', 'gpt-9', '', '__proto__', 'toString'])
      expect(priceOf(model)).toEqual({ input: 30_000, output: 180_000 });
  });

  test('is the host’s where they say one', () => {
    const given = parsePrices('gpt-4o=1/2,*=0/0');
    expect(given).not.toBeNull();
    expect(priceOf('gpt-4o', given ?? {})).toEqual({ input: 1_000, output: 2_000 });
    expect(priceOf('llama3', given ?? {})).toEqual({ input: 0, output: 0 });
    // What all others cost says nothing of one whose price is known.
    expect(priceOf('gpt-4o-mini', given ?? {})).toEqual({ input: 150, output: 600 });
  });
});

test('a sum is exact', () => {
  // 1,000,000 tokens of 15 cents a million, and as many of 60.
  expect(costOf(priceOf('gpt-4o-mini'), { input: 1_000_000, output: 1_000_000 })).toBe(75 * CENT);
  expect(costOf({ input: 75, output: 300 }, { input: 1, output: 1 })).toBe(375);
});

test.each(['', 'a', 'a=1', 'a=1/2/3', 'a=1/-2', 'a=.5/1', 'a=0.0001/1', 'a=1/2;b=1/2', '=1/2', 'a=1e3/1'])(
  'prices like %j are not read',
  (text) => {
    expect(parsePrices(text)).toBeNull();
  },
);
