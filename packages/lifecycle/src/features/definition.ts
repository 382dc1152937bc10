import { digestOfText, digestOfValue } from '@model-gitops/registry';
import { measureCode } from '../code-files.ts';
import type { ModelConfig } from '../config/types.ts';
import type { Workspace } from '../ports/index.ts';
import { positionOf } from '../position-of.ts';
import { ProblemError } from '../problem.ts';
import { featureProblems } from './problems.ts';

/** How a model's features come about. */
export type Definition =
  | { readonly kind: 'sql'; readonly path: string; readonly sha256: string; readonly sql: string }
  | { readonly kind: 'command'; readonly path: null; readonly sha256: string; readonly command: string }
  | { readonly kind: 'none'; readonly path: null; readonly sha256: null };

async function sqlDefinition(workspace: Workspace, config: ModelConfig, path: string): Promise<Definition> {
  const sql = await workspace.readText(path);
  if (sql === null) throw new ProblemError(featureProblems.sqlMissing(path, positionOf(config, 'features.sql')));
  if (sql.trim() === '') throw new ProblemError(featureProblems.sqlEmpty(path));
  return { kind: 'sql', path, sha256: digestOfText(sql), sql };
}

/**
 * The definition as it stands in the checkout. Of a command the digest covers the model's code too: the command line
 * alone does not say what it does. Problems: `features-sql-missing`, `features-sql-empty`, `code-missing`.
 */
export async function readDefinition(workspace: Workspace, config: ModelConfig): Promise<Definition> {
  const { sql, run } = config.features;
  if (sql !== undefined) return sqlDefinition(workspace, config, sql);
  if (run === undefined) return { kind: 'none', path: null, sha256: null };
  const code = await measureCode(workspace, config);
  return { kind: 'command', path: null, sha256: digestOfValue({ command: run, code: code.sha256 }), command: run };
}
