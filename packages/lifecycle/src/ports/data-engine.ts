import type { Aggregate, Measured } from './aggregates.ts';
import type { Cell } from './cell.ts';

export type { Cell } from './cell.ts';

/** What a column holds, as far as judgements care. */
export type ColumnKind = 'number' | 'text' | 'boolean' | 'date' | 'timestamp' | 'other';

export interface ColumnDescription {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The type as the engine names it, e.g. `BIGINT`, `DOUBLE`, `VARCHAR`. */
  readonly nativeType: string;
}

export interface TableDescription {
  readonly rows: number;
  readonly columns: readonly ColumnDescription[];
}

/** A table on disk: one file, or several that together are one table. Format by extension: csv, parquet, jsonl. */
export interface TableSource {
  /** Absolute paths. */
  readonly paths: readonly string[];
  readonly format: 'csv' | 'parquet' | 'jsonl';
  /** CSV columns to read as timestamps. */
  readonly parseDates?: readonly string[];
}

export interface DataSession {
  describe(table: string): Promise<TableDescription>;
  /** Answers in the order asked. Equal aggregates are computed once and all that one scan can give comes from one scan. Unknown names: problem `column-missing`. */
  measure(table: string, aggregates: readonly Aggregate[]): Promise<readonly Measured[]>;
  /** Whole columns in row order, by name. Unknown names: problem `column-missing`. */
  readColumns(table: string, columns: readonly string[]): Promise<Readonly<Record<string, readonly Cell[]>>>;
  /** Runs the user's SQL over the open tables and writes the rows to a file. Views of earlier queries stay visible. Problem `sql-failed` with the engine's sentence. */
  writeQuery(query: {
    readonly sql: string;
    readonly to: string;
    readonly format: 'csv' | 'parquet';
  }): Promise<TableDescription>;
  close(): Promise<void>;
}

/** Opens files as tables. Problems: `data-missing`, `data-empty`, `data-unreadable` (with file and line where known), `engine-missing` (kind could-not-run). */
export interface DataEngine {
  open(
    tables: Readonly<Record<string, TableSource>>,
    options?: {
      /** Sums are added in one order: the same rows and the same SQL give the same bytes. Slower. */
      readonly isRepeatable?: boolean;
    },
  ): Promise<DataSession>;
}
