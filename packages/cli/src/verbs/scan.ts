import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answerWith, ProblemError } from '@model-gitops/lifecycle';
import { type ScannedFile, scanModel, worstScanVerdict } from '@model-gitops/model-files';
import { localFiles } from '../local-files.ts';
import { cliProblems } from '../problems.ts';
import { describeScan, type ScanDocument } from '../reports/describe-scan.ts';
import type { Perform } from '../verb.ts';

/** Everything below a folder that is no folder itself. A link is listed, and never followed. */
async function entriesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) found.push(path);
    else if (entry.name !== '.git') found.push(...(await entriesBelow(path)));
  }
  return found;
}

function unread(path: string, rule: string, what: string): ScannedFile {
  const findings = [{ rule, severity: 'warning', where: 'file', what }] as const;
  return { path, format: 'unknown', sha256: '', verdict: 'unscannable', findings };
}

/** What cannot be read is listed as unscannable: not knowing is never safe. */
async function scanFile(path: string): Promise<ScannedFile> {
  const facts = await lstat(path);
  if (!facts.isFile()) return unread(path, 'not-a-file', 'a link or a special file, which is not followed');
  try {
    const measured = await localFiles.measure(path);
    const bytes = await localFiles.readBytes(path);
    if (measured === null || bytes === null) return unread(path, 'file-gone', 'it went away while the folder was read');
    return scanModel({ path, sha256: measured.sha256, bytes });
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    return unread(path, thrown.problems[0]?.code ?? 'file-unreadable', thrown.message);
  }
}

async function filesOf(path: string): Promise<readonly string[]> {
  const facts = await lstat(path).catch(() => null);
  if (facts === null) throw new ProblemError(cliProblems.scanMissing(path));
  return facts.isDirectory() ? entriesBelow(path) : [path];
}

const outcomes = { safe: 'pass', suspicious: 'fail', dangerous: 'fail', unscannable: 'inconclusive' } as const;

/** Reads model files and never runs, imports or unpickles anything in them. */
export const scan: Perform = async (call) => {
  const path = call.arguments[0] ?? '';
  const files: ScannedFile[] = [];
  for (const file of await filesOf(path)) files.push(await scanFile(file));
  const verdict = worstScanVerdict(files.map((file) => file.verdict));
  const document: ScanDocument = { schema: 'model-gitops/scan/1', outcome: outcomes[verdict], verdict, files };
  return answerWith(document, (scanned) => describeScan(scanned, path));
};
