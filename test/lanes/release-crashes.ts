import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StandIn, startStandIn } from '@model-gitops/stand-in';
import { git } from '../contracts/scratch-git.ts';
import { type Ended, type Kill, runKillable } from './killable.ts';
import type { Lane } from './lane.ts';

// A registration whose bytes go into a release of a GitHub: killed before each of its calls, then run again.

const words = ['register', 'fraud', '--artifact', 'weights.txt'];
const modelYaml = 'name: fraud\nmodel: /weights.txt\ndata: { test: test.csv }\n';

/** A repository on the GitHub with a clone of it, whose Git and whose command line have a token of a workflow. */
interface World {
  readonly github: StandIn;
  readonly repository: string;
  readonly clone: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function createWorld(github: StandIn, root: string, name: string): Promise<World> {
  const repository = `acme/${name}`;
  await github.createRepository(repository);
  const clone = join(root, name);
  mkdirSync(join(clone, 'models/fraud'), { recursive: true });
  git(clone, 'init', '--quiet');
  writeFileSync(join(clone, 'models/fraud/model.yaml'), modelYaml);
  writeFileSync(join(clone, 'models/fraud/test.csv'), 'a,b\n1,2\n');
  writeFileSync(join(clone, 'weights.txt'), 'weights of the fraud model\n');
  git(clone, 'add', '.');
  git(clone, 'commit', '--quiet', '-m', 'Start');
  git(clone, 'push', '--quiet', github.gitFolder(repository), 'main');
  git(clone, 'remote', 'add', 'origin', `${github.url}/${repository}.git`);
  const token = github.workflowToken(repository, { contents: 'write' });
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  git(clone, 'config', `http.${github.url}/.extraheader`, `AUTHORIZATION: basic ${basic}`);
  const environment = { GITHUB_API_URL: github.apiUrl, GITHUB_SERVER_URL: github.url, GITHUB_TOKEN: token };
  return { github, repository, clone, environment };
}

const register = ({ clone, environment }: World, kill: Kill | null = null): Promise<Ended> =>
  runKillable({ folder: clone, words, environment, kill });

/** The nth call of a route. */
interface Call {
  readonly route: string;
  readonly at: number;
}

/** Every call of a whole registration, those of Git included. */
function callsOf({ requests }: StandIn): readonly Call[] {
  const seen = new Map<string, number>();
  return [...requests.all, ...requests.others].map(({ route }) => {
    const at = seen.get(route) ?? 0;
    seen.set(route, at + 1);
    return { route, at };
  });
}

async function struck({ faults }: StandIn): Promise<void> {
  while (faults.struck.length === 0) await sleep(5, undefined, { ref: false });
}

/** A Git that was killed itself may leave a lock, which it tells people to delete: they do. */
function removeLocks(clone: string): void {
  for (const name of readdirSync(join(clone, '.git'), { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.lock')) rmSync(join(clone, '.git', name));
}

/** What is there beside one published release with the bytes, one tag and one event; empty where all is well. */
function faultsOf({ github, repository }: World): readonly string[] {
  const origin = github.gitFolder(repository);
  const id = github.state.repositories.find(({ owner, name }) => `${owner}/${name}` === repository)?.id;
  const releases = github.state.releases.filter((release) => release.repository === id);
  const assets = github.state.assets.filter((asset) => asset.repository === id);
  const found = {
    releases: releases.map(({ tag, isDraft }) => `${tag}${isDraft ? ' (draft)' : ''}`),
    whole: assets.map(({ name, digest, state }) => digest === `sha256:${name}` && state === 'uploaded'),
    tags: git(origin, 'for-each-ref', '--format=%(objecttype) %(refname)', 'refs/tags').split('\n'),
    events: git(origin, 'ls-tree', '-r', '--name-only', 'model-gitops/ledger').split('\n'),
  };
  const { releases: kept, whole, tags, events } = found;
  const isWell =
    kept.join() === 'fraud@v1.0.0' &&
    whole.join() === 'true' &&
    tags.join() === 'tag refs/tags/fraud@v1.0.0' &&
    events.filter((path) => path.includes('registered-')).length === 1;
  git(origin, 'fsck', '--strict');
  return isWell ? [] : [JSON.stringify(found)];
}

interface Crash {
  readonly isKilled: boolean;
  readonly faults: readonly string[];
}

async function crashAt(world: World, call: Call): Promise<Crash> {
  const { github, clone } = world;
  github.faults.plan([{ kind: 'silence', when: 'before', ...call }]);
  const { code } = await register(world, { when: struck(github), isAll: true });
  github.faults.clear();
  removeLocks(clone);
  const again = await register(world);
  const faults = again.code === 0 ? faultsOf(world) : [`run again: exit ${again.code}\n${again.out}`];
  return { isKilled: code === null, faults: faults.map((fault) => `before ${call.route} #${call.at}: ${fault}`) };
}

/** One after another on a GitHub of their own: its plan of faults is for all that it is asked. */
async function crashInTurn(root: string, name: string, calls: readonly Call[]): Promise<readonly Crash[]> {
  const github = await startStandIn();
  const crashes: Crash[] = [];
  for (const [index, call] of calls.entries())
    crashes.push(await crashAt(await createWorld(github, root, `${name}-${index}`), call));
  await github.close();
  return crashes;
}

async function callsOfWhole(lane: Lane, root: string): Promise<readonly Call[]> {
  const github = await startStandIn();
  const world = await createWorld(github, root, 'release-whole');
  const whole = await register(world);
  const faults = whole.code === 0 ? faultsOf(world) : [whole.out];
  lane.claim('register into a release ends by itself', faults.length === 0, faults.join('\n'));
  const calls = callsOf(github);
  await github.close();
  return calls;
}

export async function crashAtEachCall(lane: Lane, root: string): Promise<void> {
  const calls = await callsOfWhole(lane, root);
  const halves = [calls.filter((_, index) => index % 2 === 0), calls.filter((_, index) => index % 2 === 1)];
  const crashes = (await Promise.all(halves.map((half, index) => crashInTurn(root, `release-${index}`, half)))).flat();
  const alive = crashes.filter(({ isKilled }) => !isKilled).length;
  const faults = crashes.flatMap((crash) => crash.faults);
  lane.claim(
    `register into a release was killed before each of its ${calls.length} calls`,
    calls.length > 0 && alive === 0,
    `${alive} lived`,
  );
  lane.claim(
    'register into a release, killed at any call, is done once when run again',
    faults.length === 0,
    faults.join('\n'),
  );
}
