import type { Answer } from '@model-gitops/lifecycle';

/** The documents of one schema in an answer, one a model; none where the question could not be asked. */
export function documentsOf<Document extends { readonly schema: string }>(
  { document }: Answer,
  schema: Document['schema'],
): readonly Document[] {
  const { models } = document as { readonly models?: readonly unknown[] };
  const documents = (models ?? [document]) as readonly { readonly schema: string }[];
  return documents.filter((one): one is Document => one.schema === schema);
}

/** A value as the text of an output: empty for what is not known, JSON for lists and objects. */
export function outputText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Outputs about the one model that was asked for; empty where there were more, or none. */
export function outputsOfOne<Document, Name extends string>(
  documents: readonly Document[],
  read: Readonly<Record<Name, (document: Document) => unknown>>,
): Record<Name, string> {
  const [only] = documents.length === 1 ? documents : [];
  const entries = Object.entries<(document: Document) => unknown>(read);
  return Object.fromEntries(
    entries.map(([name, ask]) => [name, only === undefined ? '' : outputText(ask(only))]),
  ) as Record<Name, string>;
}
