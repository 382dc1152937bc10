import type { Checks, Comment, Comments, Forge, Host, People, PullRequests, Workflows } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { keptTexts } from '../texts/check-texts.ts';
import { contains, tipOf } from './memory-forge-git.ts';
import { addComment, findRecord, openFrom } from './memory-forge-records.ts';
import {
  accountOf,
  type ForgeState,
  type ForgeWorld,
  forgeState,
  nextNumber,
  type PostedComment,
  personOf,
  refused,
  wholeSeconds,
} from './memory-forge-state.ts';
import { type ForgeVerbs, forgeVerbs } from './memory-forge-verbs.ts';
import { type MemoryRepository, memoryGitStore } from './memory-git-store.ts';
import { findPullRequests } from './memory-pull-requests.ts';

/** A call of the port by name: `pullRequests.find`, `checks.post`. */
type ForgeCall = string;

export interface MemoryForgeOptions {
  readonly repository: MemoryRepository;
  readonly host: Host;
  /** What another forge of the same repository knows: two apps at once, or an app and an action. */
  readonly state?: ForgeState;
  readonly checkKind?: Checks['kind'];
  /** Who writes, and whose checks are seen. */
  readonly actor?: string;
  /** Asked at each call: the answer is lost before or after the effect, and `forge-unreachable` is thrown. */
  readonly fault?: (call: ForgeCall) => 'before' | 'after' | undefined | Promise<'before' | 'after' | undefined>;
}

export interface MemoryForge extends Forge, ForgeVerbs {
  readonly state: ForgeState;
  /** Every call of the port, in order. */
  readonly calls: ForgeCall[];
}

const unreachable = () =>
  new ProblemError(
    { code: 'forge-unreachable', message: 'The forge did not answer.', remedy: 'Try again.' },
    { kind: 'could-not-run' },
  );

type Around = <Result>(call: ForgeCall, act: () => Promise<Result>) => Promise<Result>;

function faulty({ fault }: MemoryForgeOptions, calls: ForgeCall[]): Around {
  return async (call, act) => {
    calls.push(call);
    const planned = await fault?.(call);
    if (planned === 'before') throw unreachable();
    const answer = await act();
    if (planned === 'after') throw unreachable();
    return answer;
  };
}

function pullRequests(
  world: ForgeWorld,
  around: Around,
  { actor, poster }: { actor: string; poster: string },
): PullRequests {
  return {
    find: (query) => around('pullRequests.find', () => findPullRequests(world, query, poster)),
    open: (request) => around('pullRequests.open', () => openFrom(world, actor, request)),
    edit: (number, { state, ...texts }) =>
      around('pullRequests.edit', async () => {
        const record = findRecord(world, number);
        Object.assign(record, texts);
        if (state === undefined || state === record.state) return;
        if (record.state === 'merged') throw refused(`The pull request ${number} is merged.`);
        if (state === 'open' && tipOf(world.repository, record.branch) === null)
          throw refused(`There is no branch ${record.branch}.`);
        Object.assign(record, { state, closedAt: state === 'open' ? null : wholeSeconds(world.host) });
      }),
  };
}

function checks({ state }: ForgeWorld, around: Around, kind: Checks['kind'], by: string): Checks {
  return {
    kind,
    post: ({ current, ...check }) =>
      around('checks.post', async () => {
        const at = state.checks.findIndex((one) => kind === 'app' && one.id === current?.id && one.by === by);
        // a status has no number: a new one takes the place of the old
        const id = kind === 'status' ? 0 : (state.checks[at]?.id ?? nextNumber(state));
        const posted = { ...check, ...keptTexts(kind, check), id, by };
        if (at < 0) state.checks.push(posted);
        else state.checks[at] = posted;
      }),
  };
}

function shown({ id, author, body }: PostedComment): Comment {
  return { id, author, body };
}

function comments(world: ForgeWorld, around: Around, actor: string): Comments {
  const all = world.state.comments;
  const find = (id: number) => {
    const index = all.findIndex((comment) => comment.id === id);
    const found = all[index];
    if (found === undefined) throw refused(`There is no comment ${id}.`);
    return { index, found };
  };
  return {
    list: (number) => around('comments.list', async () => all.filter((one) => one.number === number).map(shown)),
    create: (number, body) => around('comments.create', async () => addComment(world, actor, number, body)),
    edit: (id, body) =>
      around('comments.edit', async () => {
        const { index, found } = find(id);
        all[index] = { ...found, body };
      }),
    react: (id, reaction) => around('comments.react', async () => void find(id).found.reactions.add(reaction)),
  };
}

function people({ repository, state }: ForgeWorld, around: Around, actor: string): People {
  return {
    readSelf: () => around('people.readSelf', async () => accountOf(state, actor)),
    readPermission: (login) => around('people.readPermission', async () => personOf(state, login).permission),
    readPusher: (commit, branch) =>
      around('people.readPusher', async () => {
        for (const push of state.pushes.filter((one) => one.branch === branch)) {
          if (await contains(repository, push.after, commit)) {
            const wasThere = push.before !== null && (await contains(repository, push.before, commit));
            return wasThere ? null : push.by;
          }
        }
        return null;
      }),
  };
}

const missingWorkflow = (workflow: string) =>
  new ProblemError({
    code: 'workflow-missing',
    message: `There is no workflow ${workflow} that can be started.`,
    remedy: 'Add "on: workflow_dispatch" to it.',
  });

function workflows({ repository, state }: ForgeWorld, around: Around): Workflows {
  return {
    dispatch: (request) =>
      around('workflows.dispatch', async () => {
        const path = `${tipOf(repository, request.branch)}:.github/workflows/${request.workflow}`;
        const [file] = await memoryGitStore({ repository }).readObjects([path]);
        const isStartable = file?.kind === 'blob' && file.text.includes('workflow_dispatch');
        if (!isStartable) throw missingWorkflow(request.workflow);
        state.dispatches.push(request);
      }),
  };
}

/** The in-memory twin of the github adapter, over a repository in memory. Reads nothing but that and its own state. */
export function memoryForge(options: MemoryForgeOptions): MemoryForge {
  const { repository, host, state = forgeState(), checkKind = 'app', actor = 'model-gitops[bot]' } = options;
  const world: ForgeWorld = { repository, host, state };
  const calls: ForgeCall[] = [];
  const around = faulty(options, calls);
  // anybody's status takes the place of the one before; a check run belongs to its app
  const poster = checkKind === 'app' ? actor : 'status';
  return {
    pullRequests: pullRequests(world, around, { actor, poster }),
    checks: checks(world, around, checkKind, poster),
    comments: comments(world, around, actor),
    people: people(world, around, actor),
    workflows: workflows(world, around),
    ...forgeVerbs(world, 'main'),
    state,
    calls,
  };
}
