import { z } from 'zod';
import type { Aggregate, ColumnDescription, Measured, TableSource } from '../ports/index.ts';

export type ResultFormat = 'BOOLEAN_ONLY' | 'BASIC' | 'SUMMARY' | 'COMPLETE';

/** What expectations know of the table before they ask. */
export interface TableFacts {
  readonly format: TableSource['format'];
  readonly rows: number;
  readonly columns: readonly ColumnDescription[];
  /** Rows of the other tables that were named. */
  readonly others: Readonly<Record<string, number>>;
  readonly resultFormat: ResultFormat;
}

/** What was found, with the fields that Great Expectations gives. */
export interface Judgement {
  readonly success: boolean;
  readonly result: Readonly<Record<string, unknown>>;
}

/**
 * What must be measured, and what follows from the answers: a judgement, or the next question. All questions of a round
 * are measured together.
 */
export interface Question {
  readonly ask: readonly Aggregate[];
  readonly judge: (answers: readonly Measured[]) => Judgement | Question;
}

export function isQuestion(step: Judgement | Question): step is Question {
  return 'ask' in step;
}

/** A question by names: each answer has the type of its aggregate. */
export function question<const Asked extends Readonly<Record<string, Aggregate>>>(
  asked: Asked,
  judge: (answers: { readonly [Name in keyof Asked]: Measured<Asked[Name]> }) => Judgement | Question,
): Question {
  const names = Object.keys(asked);
  return {
    ask: Object.values(asked),
    judge: (answers) =>
      judge(
        Object.fromEntries(names.map((name, index) => [name, answers[index]])) as {
          [Name in keyof Asked]: Measured<Asked[Name]>;
        },
      ),
  };
}

/** A judgement that needs no measuring. */
export function decided(judgement: Judgement): Question {
  return { ask: [], judge: () => judgement };
}

/** An expectation that cannot be judged on this table. It becomes its own result and never stops the others. */
export class Raised extends Error {
  override readonly name = 'Raised';
}

export type Ask = (table: TableFacts) => Question;

export interface ExpectationType {
  /** Names of the arguments, for messages. */
  readonly kwargs: readonly string[];
  /** The question that these arguments ask, or why they are none. */
  readonly read: (kwargs: unknown) => { readonly ask: Ask } | { readonly issues: readonly z.core.$ZodIssue[] };
}

/** Arguments that every expectation may carry and that change nothing in what it says. */
const common = {
  batch_id: z.unknown().optional(),
  result_format: z.unknown().optional(),
  catch_exceptions: z.unknown().optional(),
  include_config: z.unknown().optional(),
  condition_parser: z.unknown().optional(),
  row_condition: z.unknown().optional(),
} as const;

/** A type of expectation by its arguments and its question. */
export function expectationType<Shape extends z.ZodRawShape>(
  shape: Shape,
  ask: (kwargs: z.infer<z.ZodObject<Shape>>, table: TableFacts) => Question,
  law: (kwargs: z.infer<z.ZodObject<Shape>>) => string | null = () => null,
): ExpectationType {
  const schema = z.strictObject({ ...common, ...shape }).superRefine((kwargs, context) => {
    const why = law(kwargs as z.infer<z.ZodObject<Shape>>);
    if (why !== null) context.addIssue({ code: 'custom', message: why });
  });
  return {
    kwargs: Object.keys(shape),
    read(raw) {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) return { issues: parsed.error.issues };
      const kwargs = parsed.data as z.infer<z.ZodObject<Shape>> & { readonly row_condition?: unknown };
      const isFiltered = kwargs.row_condition !== undefined && kwargs.row_condition !== null;
      return { ask: isFiltered ? refuseFilter : (table) => ask(kwargs, table) };
    },
  };
}

function refuseFilter(): never {
  throw new Raised('"row_condition" is not supported yet, so this expectation was not judged.');
}
