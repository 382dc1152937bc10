import { runnerTokens } from '../commands/scrub-environment.ts';
import type { Environment } from './read-inputs.ts';

/** The runner masks its log; reports, documents and outputs are ours to keep clean. */
export function tokenHider(environment: Environment): (text: string) => string {
  const tokens = runnerTokens(environment);
  return (text) => tokens.reduce((clean, token) => clean.replaceAll(token, '***'), text);
}
