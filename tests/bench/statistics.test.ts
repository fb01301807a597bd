import { expect, test } from 'vitest';
import { figureOf, percentile, written } from './statistics.ts';

test('a percentile is one of the values', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 99, 100]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

test('a figure is the middle run with its spread', () => {
  expect(written(figureOf([3, 1, 2]))).toBe('2.00 (1.00–3.00)');
  expect(written(figureOf([150, 150]))).toBe('150');
  expect(written(figureOf([12.34, 11, 14]))).toBe('12.3 (11.0–14.0)');
});
