import { beforeEach, describe, expect, it } from 'vitest';
import { type TrainingWorld, trainingWorld } from '../testing/training-world.ts';
import { type CommandRecordRequest, recordCommand } from './index.ts';

let world: TrainingWorld;
let request: CommandRecordRequest;
beforeEach(async () => {
  world = await trainingWorld();
  world.write('models/fraud/old.onnx', 'of an earlier run');
  request = {
    command: 'python train.py',
    folder: 'models/fraud',
    name: 'run',
    parameters: { depth: 3 },
    seed: 1,
    data: { train: 'data/train.csv' },
    code: [],
    locks: [],
    artifacts: null,
    metrics: null,
    commit: { head: 'a'.repeat(40), dirty: ['notes.txt'] },
    workflowRun: null,
  };
});

describe('recordCommand', () => {
  it('says what a command ran on, and what of the folder is new', async () => {
    const document = await recordCommand(request, world.ports);
    expect(document).toMatchObject({
      schema: 'model-gitops/run/1',
      outcome: 'pass',
      model: 'run',
      reused: false,
      commandExitCode: 0,
      run: {
        command: 'python train.py',
        parameters: { depth: 3 },
        seed: 1,
        metrics: { loss: 0.25, lift: 'Infinity' },
        artifacts: [{ path: 'models/fraud/model.pkl' }],
        environment: { runtime: 'Python 3.13.1', locks: [{ path: 'requirements.txt' }] },
        data: [{ name: 'train', path: 'data/train.csv' }],
        code: { files: 1 },
        commit: 'a'.repeat(40),
        dirty: true,
        seconds: 2,
      },
    });
    expect(document.run?.id).toBe(`run-${document.run?.key.slice(0, 12)}`);
    expect(world.asked).toMatchObject([
      { cwd: 'models/fraud', env: { MODEL_GITOPS_PARAMETERS: '{"depth":3}', MODEL_GITOPS_SEED: '1' } },
    ]);
    expect(world.disk.stored.size).toBe(0);
  });

  it('records nothing that the command did not write', async () => {
    world.write('models/fraud/metrics.json', '{"loss": 9}');
    world.onCommand(() => 0);
    expect(await recordCommand(request, world.ports)).toMatchObject({ run: { metrics: {}, artifacts: [] } });
  });

  it('takes the files that it is told of, wherever they lie', async () => {
    world.write('out/figures.json', '{"f1": 0.5}');
    const named = {
      ...request,
      artifacts: ['models/fraud/old.onnx'],
      metrics: 'out/figures.json',
      code: ['models/**'],
    };
    const { run } = await recordCommand(named, world.ports);
    expect(run).toMatchObject({ metrics: { f1: 0.5 }, artifacts: [{ name: 'old.onnx' }], code: { files: 2 } });
  });

  it('fails with a command that fails', async () => {
    world.onCommand(() => 2);
    const document = await recordCommand(request, world.ports);
    expect(document).toMatchObject({ outcome: 'fail', run: null, commandExitCode: 2, lastLines: ['last words'] });
  });

  it.each([
    ['an artifact', { artifacts: ['gone.onnx'] }, 'artifact-missing'],
    ['metrics', { metrics: 'gone.json' }, 'metrics-not-written'],
    ['a lock', { locks: ['gone.lock'] }, 'lock-missing'],
    ['data', { data: { train: 'gone.csv' } }, 'data-missing'],
  ])('refuses %s that is named and not there', async (_, changes, code) => {
    await expect(recordCommand({ ...request, ...changes }, world.ports)).rejects.toMatchObject({
      problems: [{ code }],
    });
  });
});
