import type { Figure } from '../documents.ts';
import { ProblemError } from '../problem.ts';
import { trainProblems } from './problems.ts';

const withoutNumber = ['NaN', 'Infinity', '-Infinity'] as const;

function figureOf(value: unknown): Figure | undefined {
  // a number too large for JSON's reader comes out infinite
  if (typeof value === 'number') return Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
  return withoutNumber.find((name) => name === value);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = text.trim() === '' ? 'it is empty' : 'it is not JSON';
    throw new ProblemError(trainProblems.metricsUnreadable(path, why), { cause });
  }
}

/** What a training script says of itself: a JSON object of numbers. Problem `metrics-unreadable` with the file and the name that is none. */
export function parseMetrics(text: string, path: string): Readonly<Record<string, Figure>> {
  const value = jsonOf(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProblemError(trainProblems.metricsUnreadable(path, 'it is no object'));
  const figures = Object.entries(value).map(([name, said]) => [name, figureOf(said)] as const);
  const wrong = figures.filter(([, figure]) => figure === undefined).map(([name]) => JSON.stringify(name.slice(0, 60)));
  if (wrong.length > 0) {
    const what = `${wrong.slice(0, 10).join(', ')} ${wrong.length === 1 ? 'is no number' : 'are no numbers'}`;
    throw new ProblemError(trainProblems.metricsUnreadable(path, what));
  }
  return Object.fromEntries(figures) as Record<string, Figure>;
}

export function renderMetrics(metrics: Readonly<Record<string, Figure>>): string {
  return `${JSON.stringify(metrics, null, 2)}\n`;
}
