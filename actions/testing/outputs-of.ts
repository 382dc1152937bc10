import { readFileSync } from 'node:fs';
import type { Answer } from '@model-gitops/lifecycle';
import { parse } from 'yaml';

/** Set by the kit for every action. */
const shared = ['outcome', 'summary', 'report-path', 'result'];

/** The outputs that action.yml declares besides those of every action. */
export function declaredOutputs(action: string): readonly string[] {
  const text = readFileSync(new URL(`../${action}/action.yml`, import.meta.url), 'utf8');
  const { outputs } = parse(text) as { readonly outputs: Readonly<Record<string, unknown>> };
  return Object.keys(outputs).filter((name) => !shared.includes(name));
}

/** An answer that holds documents as the pipeline makes it: one its own, more of them under `models`. */
export function answerOf<Documents extends readonly { readonly schema: string }[]>(...documents: Documents): Answer {
  const [first] = documents;
  const document = documents.length === 1 ? first : { schema: first?.schema, outcome: 'pass', models: documents };
  return { document, reports: [], outcome: 'pass', problemKind: null };
}

/** An answer to a question that could not be asked. */
export const problemAnswer: Answer = {
  document: { schema: 'model-gitops/problem/1', outcome: 'problem', problems: [] },
  reports: [],
  outcome: 'problem',
  problemKind: 'input',
};
