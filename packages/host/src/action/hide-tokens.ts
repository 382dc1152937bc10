import { escapeMarkdown } from '@model-gitops/lifecycle';
import { runnerTokens } from '../commands/scrub-environment.ts';
import type { Environment } from './read-inputs.ts';

/**
 * The runner masks its log; reports, documents, outputs and comments are ours to keep clean. A token has an underscore,
 * which Markdown escapes: it is taken out as it is and as it is written there.
 */
export function tokenHider(environment: Environment): (text: string) => string {
  const forms = runnerTokens(environment).flatMap((token) => [token, escapeMarkdown(token)]);
  return (text) => forms.reduce((clean, token) => clean.replaceAll(token, '***'), text);
}
