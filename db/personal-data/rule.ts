import type { SelectType } from 'kysely';
import type { DB } from '../types.ts';

// What can be said of a table and its columns in this folder. docs/privacy.md says how to classify one.

type Column<T extends keyof DB> = keyof DB[T] & string;

/** What a rule may say only of a column that can be null. */
type IfNullable<Value, Then> = null extends Value ? Then : never;

/** A name for somebody: the id of a member. */
interface Person<Value> {
  readonly holds: 'person';
  /**
   * `row`: the row is this person's alone and goes with them. `null`, `zero`: the row stays for the others in the guild and no longer
   * says who it was.
   */
  readonly erase: 'row' | 'zero' | IfNullable<Value, 'null'>;
}

/** What a person wrote or did. It is theirs where one of the columns `of` names them: then it is exported. */
interface Theirs<T extends keyof DB, Value> {
  readonly holds: 'theirs';
  readonly of: readonly Column<T>[];
  /**
   * In a row that stays without them. `row`: no such row stays. `keep`: as it is, for the guild. `scrub`: kept, without the person's
   * own id in its text. `null`: emptied. `set`: an SQL expression over the row.
   */
  readonly erase:
    | 'row'
    | 'keep'
    | (Value extends string | null ? 'scrub' : never)
    | IfNullable<Value, 'null'>
    | { readonly set: string };
}

/**
 * `beside`: says nothing about anybody by itself and is exported beside what does. `guild`: the guild's own, which its admins and not a
 * member decide on. `working`: how the bot remembers its work. The last two are neither exported nor erased with a person.
 */
interface Nobody {
  readonly holds: 'beside' | 'guild' | 'working';
}

type ColumnRule<T extends keyof DB, C extends Column<T>> =
  | Person<SelectType<DB[T][C]>>
  | Theirs<T, SelectType<DB[T][C]>>
  | Nobody;

/** What the guild or the bot needs a table for; each has its sentence in `privacy.json`. */
export type Purpose =
  | 'settings'
  | 'reminders'
  | 'announcements'
  | 'onboarding'
  | 'tickets'
  | 'faq'
  | 'invites'
  | 'assistant'
  | 'api'
  | 'analytics'
  | 'consent'
  | 'rights';

/** How long a row is kept at most; each way has its sentence in `privacy.json`. `member`: until they leave. `guild`: until the bot is removed. */
export type Kept =
  | { readonly until: 'member' | 'guild' | 'done' }
  | {
      readonly until:
        | 'over'
        | 'settled'
        | 'replaced'
        | 'read'
        | 'untouched'
        | 'closed'
        | 'counted'
        | 'answered'
        | 'repeated'
        | 'used'
        | 'lifted'
        | 'withdrawn'
        | 'erased';
      readonly days: number;
    }
  | { readonly until: 'exported'; readonly hours: number };

export interface TableRules<T extends keyof DB> {
  readonly purpose: Purpose;
  readonly kept: Kept;
  /** The column that names the guild; null where rows belong to none. */
  readonly guild: Column<T> | null;
  readonly columns: { readonly [C in Column<T>]: ColumnRule<T, C> };
}

/** The rules of some tables, each with all of its columns. */
export type RulesOf<Tables extends keyof DB> = { readonly [T in Tables]: TableRules<T> };

export const BESIDE = { holds: 'beside' } as const;
export const GUILD = { holds: 'guild' } as const;
export const WORKING = { holds: 'working' } as const;
export const person = <const E extends 'row' | 'zero' | 'null'>(erase: E) =>
  ({ holds: 'person', erase }) as const;
export const theirs = <const Of extends string, const E>(of: Of | readonly Of[], erase: E) =>
  ({ holds: 'theirs', of: typeof of === 'string' ? [of] : of, erase }) as const;
