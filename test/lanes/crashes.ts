import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { git } from '../contracts/scratch-git.ts';
import { runKillable } from './killable.ts';
import { runLane } from './lane.ts';
import { crashAtEachCall } from './release-crashes.ts';

// The command line is killed at many moments, alone or with all that it started; then it is run again, to its end. Run as
// `node --import tsx test/lanes/crashes.ts`; MODEL_GITOPS_CLI names another file to start, CRASH_KILLS another number.

const kills = Number(process.env.CRASH_KILLS ?? 8);

/** A verb in a clone, to its end. */
const run = (folder: string, words: readonly string[]) => runKillable({ folder, words });

const modelYaml = `name: fraud
data: { test: test.csv }
train:
  run: node train.mjs
  code: ["*.mjs"]
  outputs: { model: model.txt }
environments:
  staging: { approval: none }
  production: { approval: pull-request }
`;
const training = `import { writeFileSync } from 'node:fs';
writeFileSync('model.txt', 'weights of the fraud model\\n');
`;

/** A clone and its bare origin, with one version where that is asked for; the two can be copied together. */
async function createWorld(root: string, name: string, withVersion: boolean): Promise<string> {
  const place = join(root, name);
  const [origin, clone] = [join(place, 'origin.git'), join(place, 'clone')];
  git(root, 'init', '--quiet', '--bare', origin);
  git(root, 'init', '--quiet', clone);
  git(clone, 'remote', 'add', 'origin', '../origin.git');
  mkdirSync(join(clone, 'models/fraud'), { recursive: true });
  for (const [path, text] of Object.entries({
    'models/fraud/model.yaml': modelYaml,
    'models/fraud/train.mjs': training,
    'models/fraud/test.csv': 'a,b\n1,2\n',
    '.gitignore': '.model-gitops/\nmodel.txt\n',
    'weights.txt': 'weights of the fraud model\n',
  }))
    writeFileSync(join(clone, path), text);
  git(clone, 'add', '.');
  git(clone, 'commit', '--quiet', '-m', 'Start');
  git(clone, 'push', '--quiet', 'origin', 'main');
  if (withVersion) await run(clone, register);
  return clone;
}

const register = ['register', 'fraud', '--artifact', 'weights.txt'];

/** What must be true after a verb was killed, and run again. */
interface Expected {
  readonly words: readonly string[];
  readonly needsVersion: boolean;
  /** Where it is written. */
  readonly to: 'origin' | '.';
  /** Events by kind. */
  readonly events: Readonly<Record<string, number>>;
  readonly versions: number;
}

const operations: Readonly<Record<string, Expected>> = {
  register: { words: register, needsVersion: false, to: 'origin', events: { registered: 1 }, versions: 1 },
  'register here': {
    words: [...register, '--local'],
    needsVersion: false,
    to: '.',
    events: { registered: 1 },
    versions: 1,
  },
  'promote to production': {
    words: ['promote', 'fraud', '1.0.0', 'production'],
    needsVersion: true,
    to: 'origin',
    events: { registered: 1, 'promotion-requested': 1 },
    versions: 1,
  },
  'promote to staging': {
    words: ['promote', 'fraud', '1.0.0', 'staging'],
    needsVersion: true,
    to: 'origin',
    events: { registered: 1, assigned: 1 },
    versions: 1,
  },
  train: { words: ['train', 'fraud'], needsVersion: false, to: 'origin', events: { 'run-recorded': 1 }, versions: 0 },
};

function eventKinds(clone: string, to: string): Readonly<Record<string, number>> {
  git(clone, 'fetch', '--quiet', '--force', to, '+model-gitops/ledger:refs/check/ledger');
  const kinds: Record<string, number> = {};
  for (const path of git(clone, 'ls-tree', '-r', '--name-only', 'refs/check/ledger').split('\n')) {
    const { kind } = JSON.parse(git(clone, 'show', `refs/check/ledger:${path}`)) as { kind: string };
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

/** Files of the store that are not what their name says; a half-written one may lie about under a name of its own. */
function wrongBytes(clone: string): readonly string[] {
  const store = join(clone, '.model-gitops/artifacts/sha256');
  if (!existsSync(store)) return ['nothing stored'];
  const names = readdirSync(store, { recursive: true, encoding: 'utf8' });
  const stored = names.filter((name) => /(^|[\\/])[0-9a-f]{64}$/.test(name));
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(store, name)))
      .digest('hex');
  const wrong = stored.filter((name) => !name.endsWith(digest(name)));
  return stored.length === 0 ? ['nothing stored'] : wrong;
}

/** Everything that is not as it should be; empty where all is well. */
async function faultsAfter(clone: string, { words, to, events, versions }: Expected): Promise<readonly string[]> {
  const again = await run(clone, words);
  if (again.code !== 0) return [`run again: exit ${again.code}\n${again.out}`];
  const faults: string[] = [];
  const found = eventKinds(clone, to);
  const same = (a: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(a).toSorted());
  if (same(found) !== same(events)) faults.push(`events ${JSON.stringify(found)}`);
  const tags = git(clone, 'ls-remote', '--refs', to, 'refs/tags/*').split('\n').filter(Boolean);
  if (tags.length !== versions) faults.push(`${tags.length} tags`);
  faults.push(...wrongBytes(clone).map((name) => `store: ${name}`));
  const verified = await run(clone, to === '.' ? ['verify', '--local'] : ['verify']);
  if (verified.code !== 0) faults.push(`verify: exit ${verified.code}\n${verified.out}`);
  if (/vouches|not readable/.test(verified.out)) faults.push(`verify: ${verified.out}`);
  git(to === '.' ? clone : join(clone, '../origin.git'), 'fsck', '--strict');
  return faults;
}

/** Spread over the whole run, first moments and last ones included. */
function momentsOf(milliseconds: number): readonly number[] {
  return Array.from({ length: kills }, (_, n) => Math.round((milliseconds * (n + 0.5)) / kills));
}

interface Crash {
  readonly isKilled: boolean;
  readonly faults: readonly string[];
}

/** A Git that was killed itself may leave a lock, which it tells people to delete: they do. */
function removeLocks(place: string): void {
  for (const refs of ['origin.git/refs', 'clone/.git/refs'])
    for (const name of readdirSync(join(place, refs), { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.lock')) rmSync(join(place, refs, name));
}

async function crashAt(template: string, expected: Expected, moment: number): Promise<Crash> {
  const place = `${template}-${moment}`;
  const clone = join(place, 'clone');
  cpSync(template, place, { recursive: true });
  const isAll = moment % 2 === 0;
  const kill = { when: sleep(moment, undefined, { ref: false }), isAll };
  const { code } = await runKillable({ folder: clone, words: expected.words, kill });
  if (isAll) removeLocks(place);
  const faults = await faultsAfter(clone, expected);
  rmSync(place, { recursive: true });
  return { isKilled: code === null, faults: faults.map((fault) => `after ${moment} ms: ${fault}`) };
}

/** Two at a time: more would mostly wait for each other. */
async function crashAll(template: string, expected: Expected, moments: readonly number[]): Promise<readonly Crash[]> {
  const left = [...moments];
  const crashes: Crash[] = [];
  const work = async () => {
    for (let moment = left.shift(); moment !== undefined; moment = left.shift())
      crashes.push(await crashAt(template, expected, moment));
  };
  await Promise.all([work(), work()]);
  return crashes;
}

await runLane(async (lane) => {
  const root = mkdtempSync(join(tmpdir(), 'model-gitops-crash-'));
  try {
    for (const [name, expected] of Object.entries(operations)) {
      const template = join(await createWorld(root, name.replaceAll(' ', '-'), expected.needsVersion), '..');
      cpSync(template, `${template}-whole`, { recursive: true });
      const whole = await run(join(`${template}-whole`, 'clone'), expected.words);
      lane.claim(`${name} ends by itself`, whole.code === 0, whole.out);
      const crashes = await crashAll(template, expected, momentsOf(whole.milliseconds));
      const killed = crashes.filter(({ isKilled }) => isKilled).length;
      const faults = crashes.flatMap((crash) => crash.faults);
      lane.claim(`${name} was killed in most runs`, killed > kills / 2, `${killed} of ${kills}`);
      lane.claim(`${name}, killed ${kills} times, is done once when run again`, faults.length === 0, faults.join('\n'));
    }
    await crashAtEachCall(lane, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
