import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { breakTable, damageStore, shuffleLabels } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';

export interface StoryStep {
  readonly name: string;
  /** What happens, before it happens. */
  readonly sentence: string;
  /** Plays the step, checks that it did its job, and answers what was checked. */
  readonly play: (scene: Scene, narrator: Narrator) => Promise<string>;
}

/** The fields of the documents that the story checks (contracts.md has them all). */
interface Documents {
  readonly validate: {
    datasets: readonly {
      name: string;
      validation: { statistics: { evaluated_expectations: number; unsuccessful_expectations: number } };
    }[];
  };
  readonly features: {
    outputs: readonly { name: string; rows: number; columns: readonly unknown[] }[];
    cached: boolean;
  };
  readonly train: { run: { id: string; key: string } | null; reused: boolean; recorded: boolean };
  readonly evaluate: {
    metrics: { accuracy: number };
    rows: number;
    gates: readonly { if: string; state: string; reason: string }[];
  };
  readonly register: { version: string | null; tag: string | null; created: boolean; digest: string };
  readonly changes: { applied: boolean; merge?: string; commands?: readonly string[] };
  readonly pull: { version: string; approved: boolean | null; files: readonly { path: string; sha256: string }[] };
  readonly ls: {
    models: readonly {
      model: string;
      versions: readonly unknown[];
      environments: Record<string, { wanted: string | null }>;
    }[];
  };
  readonly show: {
    version: string;
    record: { artifacts: readonly { sha256: string }[]; evaluation: { metrics: { accuracy: number } } };
  };
  readonly verify: { findings: readonly unknown[]; checked: { versions: number; pointers: number } };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const storeInput = (scene: Scene) => ({ store: `dir:${scene.store}` });

/** Runs an action, shows its summary, and insists on what it should answer. */
async function actOut<Document>(
  scene: Scene,
  narrator: Narrator,
  asked: {
    readonly step: string;
    readonly action: string;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly folder?: string;
    readonly expected?: 'pass' | 'fail';
  },
): Promise<Document> {
  const { step, action, inputs = {}, folder, expected = 'pass' } = asked;
  const run = await scene.act(step, action, inputs, folder);
  await narrator.show(`${action}.md`, run.summary);
  must(
    run.outputs.outcome === expected,
    `${action} answered ${run.outputs.outcome}, not ${expected}: ${run.outputs.summary}`,
  );
  must((run.exitCode === 0) === (expected === 'pass'), `${action} ended with exit code ${run.exitCode} on ${expected}`);
  return run.document as Document;
}

/** Runs a verb, shows what the terminal shows, and gives its document. */
async function ask<Document>(
  scene: Scene,
  narrator: Narrator,
  verb: string,
  ...args: readonly string[]
): Promise<Document> {
  const text = scene.cli([verb, ...args]);
  await narrator.show(`${verb}.txt`, `$ model-gitops ${[verb, ...args].join(' ')}\n${text.text}`);
  const json = scene.cli([verb, ...args, '--json']);
  must(
    text.exitCode === 0 && json.exitCode === 0,
    `${verb} ended with exit code ${text.exitCode}: ${text.text}${text.progress}`,
  );
  const document = JSON.parse(json.text) as Document;
  scene.results.push({ step: verb, exitCode: json.exitCode, document });
  return document;
}

/** A clone of the origin with a commit that is not pushed: what somebody tries leaves what was registered as it is. */
async function attempt(
  scene: Scene,
  name: string,
  change: (folder: string) => Promise<void>,
  message: string,
): Promise<string> {
  const folder = scene.place(name);
  scene.git(scene.place('.'), 'clone', '--quiet', scene.origin, folder);
  await change(folder);
  scene.git(folder, 'commit', '--quiet', '--all', '-m', message);
  return folder;
}

async function playPush(scene: Scene): Promise<string> {
  const { checkout, options } = scene;
  if (options.break === 'gate') await shuffleLabels(checkout);
  if (options.break === 'data') await breakTable(checkout);
  scene.git(checkout, 'add', '--all');
  scene.git(checkout, 'commit', '--quiet', '-m', 'Predict the species of a penguin');
  scene.git(checkout, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  const files = scene.git(checkout, 'ls-files').split('\n').length;
  const isThere = scene.git(scene.origin, 'rev-parse', 'refs/heads/main') === scene.git(checkout, 'rev-parse', 'HEAD');
  must(isThere, 'the bare origin does not have the commit');
  return `${files} files on main of a bare origin; seed ${options.seed}`;
}

async function playValidate(scene: Scene, narrator: Narrator): Promise<string> {
  const document = await actOut<Documents['validate']>(scene, narrator, { step: 'validate', action: 'validate-data' });
  const asked = document.datasets.reduce(
    (sum, { validation }) => sum + validation.statistics.evaluated_expectations,
    0,
  );
  must(
    document.datasets.length === 2 && asked >= 20,
    `only ${asked} expectations were asked of ${document.datasets.length} tables`,
  );
  return `${asked} answers on ${document.datasets.length} tables, all as expected`;
}

async function playFeatures(scene: Scene, narrator: Narrator): Promise<string> {
  const document = await actOut<Documents['features']>(scene, narrator, {
    step: 'features',
    action: 'engineer-features',
  });
  const rows = document.outputs.map(({ name, rows: count }) => `${count} for ${name}`);
  must(
    document.outputs.length === 2 && document.outputs.every((output) => output.rows > 50),
    `features came out as ${rows.join(', ') || 'nothing'}`,
  );
  const again = await scene.act('features-again', 'engineer-features', {});
  must((again.document as Documents['features']).cached, 'the same inputs and definition were computed twice');
  return `${rows.join(', ')}; a second run took them from the first`;
}

async function playTrain(scene: Scene, narrator: Narrator): Promise<string> {
  const first = await actOut<Documents['train']>(scene, narrator, {
    step: 'train',
    action: 'train-model',
    inputs: storeInput(scene),
  });
  must(first.run !== null && !first.reused && first.recorded, 'nothing was trained, or the run was not recorded');
  const again = await scene.act('train-again', 'train-model', storeInput(scene));
  const second = again.document as Documents['train'];
  must(second.reused && second.run?.id === first.run.id, 'the same key was trained twice');
  return `${first.run.id} is in the ledger under its key; a second run reused its bytes`;
}

async function playEvaluate(scene: Scene, narrator: Narrator): Promise<string> {
  const { metrics, rows, gates } = await actOut<Documents['evaluate']>(scene, narrator, {
    step: 'evaluate',
    action: 'evaluate-model',
  });
  must(metrics.accuracy > 0.9, `accuracy ${metrics.accuracy} on held-out rows`);
  const notYet = gates.filter(({ state }) => state === 'not-applicable');
  must(
    notYet.length === 1,
    `${notYet.length} gates say "not applicable", where one names production, which has no version`,
  );
  return `accuracy ${percent(metrics.accuracy)} on ${rows} rows that training never saw; ${gates.length - notYet.length} gates passed, ${notYet.length} not applicable yet`;
}

async function playRegister(scene: Scene, narrator: Narrator): Promise<string> {
  const first = await actOut<Documents['register']>(scene, narrator, {
    step: 'register',
    action: 'register-model',
    inputs: storeInput(scene),
  });
  must(
    first.created && first.version === '1.0.0',
    `registered ${first.version ?? 'nothing'}, created ${first.created}`,
  );
  const tag = scene.git(scene.origin, 'cat-file', '-t', `refs/tags/${first.tag}`);
  must(tag === 'tag', `${first.tag} is no annotated tag at the origin`);
  const again = await scene.act('register-again', 'register-model', storeInput(scene));
  const second = again.document as Documents['register'];
  must(!second.created && second.version === first.version, 'the same operation registered twice');
  return `${first.tag} is an annotated tag at the origin; registering again made nothing`;
}

async function playPromote(scene: Scene, narrator: Narrator): Promise<string> {
  const inputs = { model: 'penguins', version: '1.0.0' };
  const staging = await scene.act('assign', 'promote-model', { ...inputs, environment: 'staging' });
  must(
    (staging.document as Documents['changes']).applied,
    `staging did not take the version: ${staging.outputs.summary}`,
  );
  const document = await actOut<Documents['changes']>(scene, narrator, {
    step: 'promote',
    action: 'promote-model',
    inputs: { ...inputs, environment: 'production' },
  });
  must(document.applied && document.merge !== undefined, 'no promotion branch was made');
  const branch = 'model-gitops/promote/penguins/production';
  const difference = scene.git(scene.origin, 'diff', '--stat', 'main', branch);
  await narrator.show('promotion.diff', scene.git(scene.origin, 'diff', 'main', branch));
  must(difference.split('\n').length === 2, `the promotion touches more than its pointer: ${difference}`);
  return 'staging took it by policy; for production a branch changes one file of two lines, and waits for a person';
}

async function playMerge(scene: Scene, narrator: Narrator): Promise<string> {
  const promoted = scene.results.findLast(({ step }) => step === 'promote')?.document as Documents['changes'];
  const commands = promoted.commands ?? [];
  await narrator.show('merge.txt', commands.map((command) => `$ ${command}`).join('\n'));
  for (const command of commands) scene.git(scene.checkout, ...command.split(' ').slice(1));
  const pointer = scene.git(scene.origin, 'show', 'main:registry/penguins/production.yaml');
  must(/^version: "?1\.0\.0"?$/m.test(pointer), `the pointer says: ${pointer}`);
  const again = await scene.act('register-after-merge', 'register-model', storeInput(scene));
  must(!(again.document as Documents['register']).created, 'the merge of a promotion made a new version');
  return 'the merge is the approval: production wants 1.0.0; the push after it registered nothing';
}

async function playPull(scene: Scene, narrator: Narrator): Promise<string> {
  if (scene.options.break === 'digest') await damageStore(scene.store);
  const folder = scene.place('server');
  scene.git(scene.place('.'), 'clone', '--quiet', scene.origin, folder);
  const inputs = { ...storeInput(scene), model: 'penguins@production', 'out-path': 'served' };
  const { files, version } = await actOut<Documents['pull']>(scene, narrator, {
    step: 'pull',
    action: 'fetch-model',
    inputs,
    folder,
  });
  const registered = scene.results.find(({ step }) => step === 'register')?.document as Documents['register'];
  const [file] = files;
  must(version === '1.0.0' && file !== undefined && registered.created, 'not the version that production wants');
  const bytes = await readFile(join(folder, 'served', 'model.onnx'));
  must(bytes.length > 0, 'the file is empty');
  return `another clone asked for penguins@production and has model.onnx, ${bytes.length} bytes with the registered digest`;
}

async function playList(scene: Scene, narrator: Narrator): Promise<string> {
  const { models } = await ask<Documents['ls']>(scene, narrator, 'ls');
  const [penguins] = models;
  const wanted = penguins?.environments.production?.wanted;
  must(
    models.length === 1 && penguins?.versions.length === 1 && wanted === '1.0.0',
    `ls says that production wants ${wanted}`,
  );
  return 'one model, one version, wanted in staging and production';
}

async function playShow(scene: Scene, narrator: Narrator): Promise<string> {
  const { record } = await ask<Documents['show']>(scene, narrator, 'show', 'penguins@production');
  const evaluated = scene.results.find(({ step }) => step === 'evaluate')?.document as Documents['evaluate'];
  must(
    record.evaluation.metrics.accuracy === evaluated.metrics.accuracy,
    'the record has another accuracy than the evaluation',
  );
  return 'the record says from what data, code and parameters the version was made, and how it was judged';
}

async function playVerify(scene: Scene, narrator: Narrator): Promise<string> {
  const { findings, checked } = await ask<Documents['verify']>(
    scene,
    narrator,
    'verify',
    '--store',
    `dir:${scene.store}`,
  );
  must(
    findings.length === 0 && checked.versions === 1 && checked.pointers >= 1,
    `${findings.length} findings on ${checked.versions} versions`,
  );
  return `nothing was changed outside the rules: ${checked.versions} version, ${checked.pointers} pointer change looked at`;
}

async function playWorseModel(scene: Scene, narrator: Narrator): Promise<string> {
  const folder = await attempt(scene, 'worse-labels', shuffleLabels, 'Take the labels from another list');
  for (const action of ['validate-data', 'engineer-features', 'train-model']) {
    const inputs = action === 'train-model' ? storeInput(scene) : {};
    const run = await scene.act(`worse-${action}`, action, inputs, folder);
    must(run.exitCode === 0, `${action} stopped before the gates: ${run.outputs.summary}`);
  }
  const asked = { step: 'worse-evaluate', action: 'evaluate-model', folder, expected: 'fail' } as const;
  const { metrics, gates } = await actOut<Documents['evaluate']>(scene, narrator, asked);
  must(
    gates.some(({ state, if: gate }) => state === 'failed' && gate.includes('production')),
    'the gate against production did not fail',
  );
  const refused = await scene.act('worse-register', 'register-model', storeInput(scene), folder);
  must(refused.exitCode !== 0, 'a model whose gates failed was registered');
  const tags = scene.git(scene.origin, 'tag', '--list');
  must(tags === 'penguins@v1.0.0', `the origin has the tags ${tags}`);
  return `with shuffled labels accuracy is ${percent(metrics.accuracy)}: refused by its gates, and not registered`;
}

async function playBrokenTable(scene: Scene, narrator: Narrator): Promise<string> {
  const folder = await attempt(scene, 'broken-table', breakTable, 'Add the field notes of this week');
  const asked = { step: 'broken-validate', action: 'validate-data', folder, expected: 'fail' } as const;
  const { datasets } = await actOut<Documents['validate']>(scene, narrator, asked);
  const unmet = datasets.reduce((sum, { validation }) => sum + validation.statistics.unsuccessful_expectations, 0);
  must(unmet >= 3, `only ${unmet} expectations noticed`);
  return `a penguin of 9 tonnes, one without a species and one twice: ${unmet} expectations are not met`;
}

/** From data to a promoted model, and two refusals. The names of `--break` are found at `evaluate`, `validate` and `pull`. */
export const story: readonly StoryStep[] = [
  { name: 'push', sentence: 'Anna pushes the penguins model to her team’s repository.', play: playPush },
  { name: 'validate', sentence: 'The data is held to its expectations.', play: playValidate },
  { name: 'features', sentence: 'SQL makes features of the raw rows.', play: playFeatures },
  {
    name: 'train',
    sentence: 'Her own script trains, and everything that it was made from is recorded.',
    play: playTrain,
  },
  {
    name: 'evaluate',
    sentence: 'The model is scored on rows that it never saw, and its gates are judged.',
    play: playEvaluate,
  },
  { name: 'register', sentence: 'Its gates passed, so it becomes a version.', play: playRegister },
  { name: 'promote', sentence: 'The version is proposed for production.', play: playPromote },
  { name: 'merge', sentence: 'A person merges the proposal.', play: playMerge },
  { name: 'pull', sentence: 'A server fetches what production wants.', play: playPull },
  { name: 'ls', sentence: 'What is there?', play: playList },
  { name: 'show', sentence: 'What is it that runs in production?', play: playShow },
  { name: 'verify', sentence: 'Was anything changed outside the rules?', play: playVerify },
  { name: 'worse-model', sentence: 'Somebody trains on shuffled labels.', play: playWorseModel },
  { name: 'broken-table', sentence: 'Somebody adds rows that cannot be.', play: playBrokenTable },
];
