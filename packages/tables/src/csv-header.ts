import { open } from 'node:fs/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { parse } from 'csv-parse/sync';
import { tableProblems } from './problems.ts';

/** More than any header: a first record that does not end within it is no header. */
const headerBytes = 1 << 20;

/** By its mark, or by the empty half of the first letter, as spreadsheets save "Unicode text". */
function isUtf16([first = 1, second = 1]: Uint8Array): boolean {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMarked || (first === 0) !== (second === 0);
}

async function readStart(path: string): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(headerBytes), 0, headerBytes, 0);
    if (isUtf16(buffer.subarray(0, bytesRead)))
      throw new ProblemError(tableProblems.unreadable(path, 'it is UTF-16, not UTF-8.', 1));
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: bytesRead === headerBytes });
    return { text, isWhole: bytesRead < headerBytes };
  } finally {
    await file.close();
  }
}

function firstRecord(path: string, text: string): readonly string[] {
  try {
    const [record] = parse(text, { to: 1, bom: true, relax_column_count: true, skip_empty_lines: true }) as string[][];
    return record ?? [];
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError(tableProblems.unreadable(path, `its header is no CSV. ${why}`, 1), { cause });
  }
}

/**
 * The column names of a CSV file; a column without a name is called by its place, as pandas does: `Unnamed: 0`.
 * Problems: `data-empty`, `data-unreadable`.
 */
export async function readHeader(path: string): Promise<readonly string[]> {
  const { text } = await readStart(path);
  const record = firstRecord(path, text);
  if (record.every((name) => name.trim() === '')) throw new ProblemError(tableProblems.empty(path, 'has no header'));
  const names = record.map((name, index) => (name === '' ? `Unnamed: ${index}` : name));
  const folded = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => folded.indexOf(folded[index] ?? '') !== index);
  if (twice !== undefined) throw new ProblemError(tableProblems.columnTwice(path, twice));
  return names;
}
