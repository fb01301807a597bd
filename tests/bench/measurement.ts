import type { Figure } from './statistics.ts';
import type { Server } from './world.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly figure: Figure;
  /** The same done bare, in the same run; null where there is nothing to compare with. */
  readonly bare: { readonly what: string; readonly figure: Figure } | null;
}

export interface BenchOptions {
  readonly server: Server;
  /** Few and small, for trying out. */
  readonly isQuick: boolean;
}

export interface Measurement {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly Row[]>;
}
