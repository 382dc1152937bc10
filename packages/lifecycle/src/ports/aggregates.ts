import type { Cell } from './cell.ts';

/**
 * What an expectation needs to know of a table. A value is missing when it is null or NaN; everything below leaves
 * missing values out unless it says otherwise. Row numbers start at 0, in the order of the files.
 */
export type Aggregate =
  | { readonly kind: 'rows' }
  | { readonly kind: 'missing'; readonly column: string }
  | { readonly kind: FigureKind; readonly column: string }
  /** The value at the nearest rank of share `at`: rank round-half-even((n - 1) * at) of the sorted values. */
  | { readonly kind: 'quantile'; readonly column: string; readonly at: number }
  /** How many different values. */
  | { readonly kind: 'distinct'; readonly column: string }
  /** All different values with their counts, most frequent first, then by value. */
  | { readonly kind: 'frequencies'; readonly column: string }
  | UnexpectedQuestion;

/** One number or value of a column; null where there is no value. `deviation` divides by n - 1. Booleans count as 0 and 1, save for `least` and `greatest`. */
export type FigureKind = 'least' | 'greatest' | 'sum' | 'mean' | 'deviation' | 'median';

/** The rows in scope that do not meet a condition. A condition that is unknown (a missing value is compared) is not met. */
export interface UnexpectedQuestion {
  readonly kind: 'unexpected';
  /** Its columns are what `rows` show. */
  readonly columns: readonly string[];
  readonly condition: Condition;
  readonly ignore: IgnoredRows;
  /** How many unexpected rows are listed, from the first. */
  readonly rows: number | 'all';
}

/** Rows out of scope: those in which all, or any, of the question's columns are missing. */
export type IgnoredRows = 'none' | 'all-missing' | 'any-missing';

export type Condition =
  | { readonly kind: 'missing'; readonly column: string; readonly isMissing: boolean }
  | { readonly kind: 'between'; readonly column: string; readonly bounds: Bounds }
  | { readonly kind: 'one-of'; readonly column: string; readonly values: readonly Cell[]; readonly isMember: boolean }
  /** Length of a text in code points; only for columns of kind `text`. */
  | { readonly kind: 'length'; readonly column: string; readonly bounds: Bounds }
  | AcceptedCondition
  | { readonly kind: 'compare'; readonly left: string; readonly right: string; readonly operator: '=' | '>' | '>=' }
  | {
      readonly kind: 'pair-one-of';
      readonly left: string;
      readonly right: string;
      readonly pairs: readonly (readonly [Cell, Cell])[];
    }
  | { readonly kind: 'sum-equals'; readonly columns: readonly string[]; readonly total: number }
  /** Within a row: all columns hold the same value, or no value twice. Two missing values are the same. */
  | { readonly kind: 'within-row'; readonly columns: readonly string[]; readonly law: 'equal' | 'different' }
  /** No other row in scope has the same values in these columns. Two missing values are the same. */
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  /** No value is below (above) the value before it, missing ones left out; `strictly`: nor equal. */
  | {
      readonly kind: 'ordered';
      readonly column: string;
      readonly direction: 'up' | 'down';
      readonly strictly: boolean;
    };

export interface Bounds {
  readonly min: Cell;
  readonly max: Cell;
  readonly strictMin: boolean;
  readonly strictMax: boolean;
}

/** A law of single values that is asked once for each different value. */
export interface AcceptedCondition {
  readonly kind: 'accepted';
  readonly column: string;
  /** Equal keys mean the same law. */
  readonly key: string;
  readonly accepts: (value: Exclude<Cell, null>) => boolean;
  /** For columns of kind `text`, where RE2 can say the same: the value is accepted when all (any) of the patterns are found, or (negated) when not. */
  readonly re2?: { readonly patterns: readonly string[]; readonly need: 'all' | 'any'; readonly negated: boolean };
}

export interface Unexpected {
  /** Rows in scope. */
  readonly considered: number;
  readonly count: number;
  /** In row order. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly Cell[] }[];
}

export type Frequencies = readonly { readonly value: Exclude<Cell, null>; readonly count: number }[];

/** What an aggregate is answered with. */
export type Measured<Asked extends Aggregate = Aggregate> = Asked extends { readonly kind: 'unexpected' }
  ? Unexpected
  : Asked extends { readonly kind: 'frequencies' }
    ? Frequencies
    : Asked extends { readonly kind: 'rows' | 'missing' | 'distinct' }
      ? number
      : Cell;
