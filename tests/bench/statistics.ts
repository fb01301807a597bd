/** The value below which a share of them lies, 0 to 1, by the nearest rank. @throws RangeError when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new RangeError('there are no values');
  return value;
}

/** The middle one of several runs, with the least and the most. */
export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function figureOf(runs: readonly number[]): Figure {
  return { median: percentile(runs, 0.5), least: Math.min(...runs), most: Math.max(...runs) };
}

/** "12.3 (11–14)", with as many digits as say something. */
export function written({ median, least, most }: Figure): string {
  const digits = median < 10 ? 2 : median < 100 ? 1 : 0;
  const [middle, low, high] = [median, least, most].map((value) => value.toFixed(digits));
  return low === high ? `${middle}` : `${middle} (${low}–${high})`;
}

/** How long something takes in ms, so many times over, after three that are not counted. */
export async function timesOf(times: number, act: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 3; warm += 1) await act();
  const samples: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const begun = performance.now();
    await act();
    samples.push(performance.now() - begun);
  }
  return samples;
}
