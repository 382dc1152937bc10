import { type ModelState, parseArchive, parsePointer, type VersionState } from '@model-gitops/registry';
import type { Sentence } from '../texts/report.ts';
import { listed } from '../texts/sentences.ts';
import type { ProposalQuestion } from './judge-proposal-question.ts';
import type { CheckLine } from './types.ts';

type Said = Pick<CheckLine, 'state' | 'text'>;
const pass = (text: Sentence): Said => ({ state: 'pass', text });
const fail = (text: Sentence): Said => ({ state: 'fail', text });

/** Exactly the one file that this target is decided in. */
export function judgePaths({ facts, target }: ProposalQuestion): Said {
  const others = facts.pullRequest.files.filter((file) => file !== target.path);
  if (others.length > 0)
    return fail(['it may change ', { code: target.path }, ' only, and changes ', ...listed(others), ' too']);
  return facts.pullRequest.files.length === 0
    ? fail(['it changes nothing, ', { code: target.path }, ' least of all'])
    : pass(['only ', { code: target.path }]);
}

/** From a branch of this repository that belongs to this target, into the default branch. */
export function judgeOrigin({ facts, target, defaultBranch }: ProposalQuestion): Said {
  const { head, base } = facts.pullRequest;
  if (head.isFork) return fail('it comes from another repository: promotions are made in this one');
  if (head.branch !== target.branch)
    return fail([
      'promotions of this come from branch ',
      { code: target.branch },
      ', not from ',
      { code: head.branch },
    ]);
  if (base !== defaultBranch) return fail(['it goes into ', { code: base }, ', not into ', { code: defaultBranch }]);
  return pass(
    facts.proposal.isOurs
      ? ['branch ', { code: head.branch }]
      : ['branch ', { code: head.branch }, ', with commits of others; who wrote them may not approve'],
  );
}

function versionOf(state: ModelState, version: string): VersionState | undefined {
  return state.versions.find((candidate) => candidate.version === version);
}

/** The ledger saw another tag when the version was registered. */
function isReplaced({ version, tagObject }: VersionState, { state, witnesses }: ProposalQuestion): boolean {
  return witnesses.some(
    (event) => event.model === state.model && event.version === version && event.tagObject !== tagObject,
  );
}

/** The file of the head commit against the record of the version that it names. */
function judgePointer(text: string, question: ProposalQuestion): Said {
  const { state } = question;
  const pointer = parsePointer(text);
  if (!pointer.ok) return fail(pointer.problems.map(({ message }) => message).join(' '));
  const { version, digest } = pointer.value;
  const candidate = versionOf(state, version);
  if (candidate === undefined) return fail(`${state.model} ${version} is not registered`);
  if (candidate.state === 'archived') return fail(`${state.model} ${version} is archived`);
  if (candidate.digest !== digest)
    return fail(['the file names ', { code: digest }, `; the record of ${version} has `, { code: candidate.digest }]);
  if (isReplaced(candidate, question))
    return fail(`the tag of ${state.model} ${version} is not the one that was registered: run "verify"`);
  return pass([`${state.model} ${version}, registered as `, { code: digest.slice(0, 'sha256:'.length + 12) }]);
}

/** Why a version may not be added to the list of archived ones; null where it may. */
function flawOfArchived(version: string, { model, versions, environments }: ModelState): string | null {
  if (!versions.some((candidate) => candidate.version === version)) return `${model} ${version} is not registered`;
  const users = environments.filter(({ wanted, live }) => wanted === version || live === version);
  if (users.length === 0) return null;
  return `${model} ${version} is in use: ${users.map(({ environment }) => environment).join(', ')}`;
}

/** The list of the head commit: the old one, and versions besides that nobody uses. */
function judgeArchive(text: string, { state, current }: ProposalQuestion): Said {
  const [list, old] = [parseArchive(text), parseArchive(current ?? 'archived: []\n')];
  if (!list.ok) return fail(list.problems.map(({ message }) => message).join(' '));
  const before = old.ok ? old.value : [];
  const added = list.value.filter((version) => !before.includes(version));
  const removed = before.filter((version) => !list.value.includes(version));
  if (removed.length > 0) return fail(`what is archived stays archived: ${removed.join(', ')} would be taken back`);
  const flaws = added.map((version) => flawOfArchived(version, state)).filter((flaw) => flaw !== null);
  if (flaws.length > 0) return fail(flaws.join('; '));
  return added.length === 0 ? fail('it archives nothing') : pass(`${state.model} ${added.join(', ')}, used nowhere`);
}

/** What the head commit says, never what title, body or labels do. */
export function judgeVersion(question: ProposalQuestion): Said {
  const { target, facts } = question;
  const { text } = facts.proposal;
  if (text === null) return fail(['it deletes ', { code: target.path }]);
  return target.environment === 'archived' ? judgeArchive(text, question) : judgePointer(text, question);
}

function saysText(text: string | null): string {
  if (text === null) return 'no version';
  const [pointer, archive] = [parsePointer(text), parseArchive(text)];
  if (pointer.ok) return pointer.value.version;
  return archive.ok ? archive.value.join(', ') || 'an empty list' : 'a file that is not readable';
}

/** Made from what the default branch says now: somebody else may have decided meanwhile. */
export function judgeStale({ facts, current, defaultBranch }: ProposalQuestion): Said {
  const [from, now] = [saysText(facts.proposal.fromText), saysText(current)];
  if (facts.proposal.fromText === current) return pass(`made from what ${defaultBranch} says now: ${now}`);
  return fail(
    from === now
      ? `the file was changed on ${defaultBranch} since it was made`
      : `it was made from ${from}; ${defaultBranch} says ${now} now`,
  );
}
