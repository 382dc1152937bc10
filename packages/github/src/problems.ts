import type { Problem } from '@model-gitops/lifecycle';

const secrets =
  /\b(gh[a-z]_\w{8,}|github_pat_\w+|ey[\w-]+\.[\w-]+\.[\w-]+)|(?<=:\/\/)[^\s/@]+@|\b(bearer|token|basic)\s+[\w.+/=-]{20,}/gi;

/** Words of GitHub, or of the network, as the end of a sentence: one line, cut, without control characters and without anything that looks like a token. */
export function said(text: string): string {
  const line = text
    .replace(/ - https:\/\/docs\.github\.com\S*/g, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(secrets, '***')
    .trim();
  return `${[...line]
    .slice(0, 400)
    .join('')
    .replace(/[.:\s]+$/, '')}.`;
}

/** `contents: write`, as a workflow and an app's settings write it. Several sets: each of them is enough. */
function permissionText(sets: readonly (readonly string[])[]): string {
  const texts = sets.map((lines) => lines.map((line) => `"${line}"`).join(' and '));
  return [...new Set(texts)].join(' or ');
}

/** What GitHub can refuse, in one table. `call` names what was asked, as `POST git/refs`. */
export const forgeProblems = {
  unreachable: (call: string, words: string): Problem => ({
    code: 'forge-unreachable',
    message: `GitHub did not answer ${call}: ${said(words)}`,
    remedy: 'Check the network and the address of the API, then try again.',
  }),
  limit: (until: Date): Problem => ({
    code: 'forge-limit',
    message: `GitHub takes no more calls with this token until ${until.toISOString().slice(0, 19)}Z.`,
    remedy: 'Try again after that time. An app has a higher limit than the token of a workflow.',
  }),
  permission: (call: string, sets: readonly (readonly string[])[], words: string): Problem => ({
    code: 'forge-permission',
    message:
      sets.length === 0
        ? `GitHub refused ${call}, because the token may not do that: ${said(words)}`
        : `GitHub refused ${call}: the token lacks the permission ${permissionText(sets)}.`,
    remedy:
      sets.length === 0
        ? 'Give the token the permission that the call needs.'
        : `In a workflow, add "permissions: { ${sets[0]?.join(', ')} }" to the job; of an app or a token, grant it in its settings.`,
  }),
  workflowFiles: (call: string, words: string): Problem => ({
    code: 'forge-workflow-files',
    message: `GitHub refused ${call}, because the commit holds other workflow files than the branches: ${said(words)}`,
    remedy: 'The token of a workflow may never do that. Use an app with the permission "workflows: write".',
  }),
  credentials: (call: string): Problem => ({
    code: 'forge-credentials',
    message: `GitHub does not accept the token that ${call} was asked with.`,
    remedy: 'Use a token that has neither expired nor been revoked, made for this GitHub.',
  }),
  notFound: (call: string, repository: string): Problem => ({
    code: 'forge-not-found',
    message: `GitHub did not find what ${call} names in ${repository}, or does not show it to this token.`,
    remedy: 'Check the name of the repository, and that the token may read it.',
  }),
  refused: (call: string, words: string): Problem => ({
    code: 'forge-refused',
    message: `GitHub refused ${call}: ${said(words)}`,
    remedy: 'Change what GitHub objects to; look at the rules of the repository and its branches too.',
  }),
  tooManyFiles: (number: number): Problem => ({
    code: 'forge-too-many-files',
    message: `GitHub does not list all files of the pull request ${number}, nor all files of the repository.`,
    remedy: "Split or close the pull request: what it changes can't be judged.",
  }),
  workflowMissing: (workflow: string, branch: string, words: string): Problem => ({
    code: 'workflow-missing',
    message: `The workflow ${workflow} can't be started on ${branch}: ${said(words)}`,
    remedy: `Add "on: workflow_dispatch" to .github/workflows/${workflow}, on the default branch too.`,
  }),
  refNameConflict: (name: string, other: string): Problem => ({
    code: 'ref-name-conflict',
    message: `The ref ${name} cannot exist beside ${other}: Git keeps refs as files and folders.`,
    remedy: `Rename or delete ${other}.`,
  }),
  otherObject: (kind: string, expected: string, found: string): Problem => ({
    code: 'object-changed',
    message: `GitHub stored another ${kind} than it was given: ${found} instead of ${expected}.`,
    remedy: 'Nothing refers to it yet. Report this, with the kind of server that answered.',
  }),
  unsigned: (reason: string): Problem => ({
    code: 'commit-unsigned',
    message: `GitHub did not sign the commit: ${said(reason)}`,
    remedy: 'Only commits of an app are signed. Use its installation token, or do without signatures.',
  }),
};
