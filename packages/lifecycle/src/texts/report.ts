import type { Problem } from '../problem.ts';
import type { DocumentOutcome } from '../verdict.ts';

/** What a mark says besides the words; never colour or sign alone. */
export type Mark = 'pass' | 'fail' | 'inconclusive' | 'not-applicable' | 'warning' | 'waiting';

interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** A piece of a sentence. Plain strings may hold anything that people or data wrote: the renderers escape them. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly mark: Mark }
  /** `file:line:column` of something that a person wrote. */
  | { readonly place: Place }
  /** A page that we know the address of, made by us and never by data. Only https and http are followed. */
  | { readonly link: string; readonly text: string };
export type Sentence = Inline | readonly Inline[];

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Sentence }
  | { readonly kind: 'list'; readonly items: readonly Sentence[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly Sentence[])[];
    }
  | { readonly kind: 'code'; readonly text: string }
  /** Boxes and arrows, for those who see pictures; always beside a table that says the same. Arrows name boxes by their number. */
  | {
      readonly kind: 'diagram';
      /** Each with its lines. */
      readonly boxes: readonly (readonly string[])[];
      readonly arrows: readonly { readonly from: number; readonly to: number; readonly label?: string }[];
    }
  /** Folded away in Markdown, below its title in a terminal. */
  | { readonly kind: 'details'; readonly title: string; readonly blocks: readonly Block[] };

/** One question that was asked, for tools that count tests (JUnit). */
export interface Case {
  readonly name: string;
  readonly group: string;
  readonly outcome: 'pass' | 'fail' | 'inconclusive' | 'skipped';
  readonly message?: string;
}

/** A remark at a line that a person wrote. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** What people are told of a document, before it is Markdown, terminal text or JUnit. The verdict is in `headline`. */
export interface Report {
  readonly outcome: DocumentOutcome;
  readonly headline: Sentence;
  readonly blocks: readonly Block[];
  readonly cases: readonly Case[];
  readonly annotations: readonly Annotation[];
}

const outcomeMarks = { pass: 'pass', fail: 'fail', inconclusive: 'inconclusive', problem: 'fail' } as const;

export function markOf(outcome: DocumentOutcome): Inline {
  return { mark: outcomeMarks[outcome] };
}

/** The words of a sentence without any markup. */
export function plainText(sentence: Sentence): string {
  const parts = Array.isArray(sentence) ? (sentence as readonly Inline[]) : [sentence as Inline];
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return part.code;
      if ('strong' in part) return part.strong;
      if ('place' in part) return placeText(part.place);
      if ('link' in part) return part.text;
      return '';
    })
    .join('')
    .trim();
}

export function placeText({ file, line, column }: Place): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

function placeOf({ file, line, column }: Problem): readonly Inline[] {
  if (file === undefined) return [];
  const at = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  return [{ place: { file, ...at } }, ' '];
}

/** One problem is the headline itself, with what to do below it; several are counted and listed. */
function tellProblems(problems: readonly Problem[]): Pick<Report, 'headline' | 'blocks'> {
  const [only] = problems;
  if (only !== undefined && problems.length === 1) {
    const headline = [markOf('problem'), ' ', ...placeOf(only), only.message];
    return { headline, blocks: [{ kind: 'paragraph', text: only.remedy }] };
  }
  const items = problems.map((problem): Sentence => [...placeOf(problem), problem.message, ' ', problem.remedy]);
  return {
    headline: [markOf('problem'), ` ${problems.length} problems to fix first`],
    blocks: [{ kind: 'list', items }],
  };
}

/** Problems are shown together: what was found, where, and what to do. */
export function describeProblems(problems: readonly Problem[]): Report {
  return {
    outcome: 'problem',
    ...tellProblems(problems),
    cases: problems.map(({ code, message }) => ({ name: code, group: 'problem', outcome: 'fail', message })),
    annotations: problems.map(({ code, message, remedy, file, line }) => ({
      level: 'error',
      title: code,
      message: `${message} ${remedy}`,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
    })),
  };
}
