import type { Errand } from '@model-gitops/lifecycle';

/** A repository as an event, or a list of the forge, names it. */
export interface Place {
  readonly owner: string;
  readonly name: string;
  readonly installation: number;
  /** null: the event does not say. */
  readonly defaultBranch: string | null;
  /** `https://github.com/acme/penguins`; null: the event does not say. */
  readonly url: string | null;
}

/** `acme/penguins`; the forge does not tell cases apart. */
export function keyOfPlace({ owner, name }: Pick<Place, 'owner' | 'name'>): string {
  return `${owner}/${name}`.toLowerCase();
}

/** Something to do in a repository, and what it was asked by. */
export interface Work {
  readonly place: Place;
  readonly errand: Errand;
  /** What is remembered of the configuration is read again. */
  readonly isFresh: boolean;
  /** Ids of deliveries, or `sweep`. */
  readonly askedBy: readonly string[];
}

const mostAsked = 20;
const mostPullRequests = 20;
const mostComments = 100;

function keyOf({ errand }: Work): string {
  if (errand.kind === 'comment') return `comment ${errand.commentId}`;
  return errand.kind === 'repository' ? 'repository' : `pull request ${errand.number} ${errand.postOn ?? ''}`;
}

/** The same errand, asked by those of both: `first` asked earlier. */
function joined(errand: Errand, first: Work, second: Work): Work {
  const askedBy = [...new Set([...first.askedBy, ...second.askedBy])].slice(0, mostAsked);
  return { place: second.place, errand, isFresh: first.isFresh || second.isFresh, askedBy };
}

/** Looking at the whole repository looks at each open pull request; heads of merge groups it does not know. */
function isCovered({ errand }: Work): boolean {
  return errand.kind === 'repository' || (errand.kind === 'pull-request' && errand.postOn === null);
}

function withWhole(waiting: readonly Work[], whole: Work): readonly Work[] {
  const covered = waiting.filter(isCovered);
  const others = waiting.filter((work) => !isCovered(work));
  return [...others, [...covered, whole].reduce((first, second) => joined(whole.errand, first, second))];
}

/**
 * What waits, with one more. A burst of events becomes one run and never a pile: the same is not done twice, the whole
 * repository covers its pull requests, and many pull requests become the whole.
 */
export function addWork(waiting: readonly Work[], next: Work): readonly Work[] {
  const { errand, place, askedBy } = next;
  if (errand.kind === 'repository') return withWhole(waiting, next);
  const whole = waiting.find((work) => work.errand.kind === 'repository');
  if (whole !== undefined && isCovered(next))
    return waiting.map((work) => (work === whole ? joined(whole.errand, whole, next) : work));
  const same = waiting.find((work) => keyOf(work) === keyOf(next));
  if (same !== undefined) return waiting.map((work) => (work === same ? joined(errand, same, next) : work));
  const kindred = waiting.filter((work) => work.errand.kind === errand.kind).length;
  if (errand.kind === 'comment') return kindred < mostComments ? [...waiting, next] : waiting;
  if (kindred < mostPullRequests) return [...waiting, next];
  return addWork([...waiting, next], { place, errand: { kind: 'repository' }, isFresh: false, askedBy });
}
