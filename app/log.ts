import { isProblem } from '@model-gitops/host';

export type Fields = Readonly<Record<string, unknown>>;

/** What is used of Probot's log, a line of JSON each. */
export interface Log {
  debug(fields: Fields, message: string): void;
  info(fields: Fields, message: string): void;
  warn(fields: Fields, message: string): void;
  error(fields: Fields, message: string): void;
}

/** What is thrown by a library may hold a request with its body and its headers: only what is ours to tell is told. */
function tellDefect(log: Log, fields: Fields, thrown: unknown): void {
  const { name, message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.error({ ...fields, defect: { name, message, stack } }, 'a defect of model-gitops: please report it');
}

/** A problem with its remedy, or a defect with its stack. */
export function tellThrown(log: Log, fields: Fields, thrown: unknown): void {
  if (!isProblem(thrown)) {
    tellDefect(log, fields, thrown);
    return;
  }
  const told = thrown.problems.map(({ code, message, remedy }) => ({ code, message, remedy }));
  log.warn({ ...fields, problems: told }, told.map(({ message }) => message).join(' '));
}

type Say = (first: unknown, message?: unknown) => void;

/** The log that libraries get: their words, without the objects that they hand over with them. */
export function wordsOnly(log: Record<'debug' | 'info' | 'warn' | 'error', Say>) {
  const words = (say: Say) => (first: unknown, message?: unknown) => {
    const text = first instanceof Error ? first.message : typeof first === 'string' ? first : message;
    say.call(log, String(text ?? ''));
  };
  return { debug: words(log.debug), info: words(log.info), warn: words(log.warn), error: words(log.error) };
}
