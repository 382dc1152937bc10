import { beforeEach, describe, expect, it } from 'vitest';
import { measureCode } from './code-files.ts';
import { type TrainingWorld, trainingConfig, trainingWorld } from './testing/training-world.ts';

let world: TrainingWorld;
beforeEach(async () => {
  world = await trainingWorld();
  world.write('shared/load.py', 'load()\n');
});

describe('measureCode', () => {
  const everything = trainingConfig({ train: { code: [] } });
  const named = trainingConfig({ train: { code: ['models/fraud/**'] } });
  const measure = (config = everything) => measureCode(world.ports.workspace, config);

  it('takes every source file of the repository where none is named: too much rather than too little', async () => {
    const { sha256, files } = await measure();
    expect(files).toBe(2);
    world.write('shared/load.py', 'other()\n');
    expect((await measure()).sha256).not.toBe(sha256);
  });

  it.each([
    ['what is no code', 'README.md'],
    ['the model', 'models/fraud/model.pkl'],
    ['its metrics', 'models/fraud/metrics.json'],
    ['what was compiled', 'models/fraud/__pycache__/train.py'],
    ['what was installed', '.venv/lib/site-packages/numpy/init.py'],
  ])('leaves out %s', async (_, path) => {
    const before = [await measure(), await measure(named)];
    world.write(path, 'text');
    expect([await measure(), await measure(named)]).toEqual(before);
  });

  it('knows a file that was renamed', async () => {
    const before = await measure();
    await world.ports.workspace.remove('shared/load.py');
    world.write('shared/read.py', 'load()\n');
    expect((await measure()).sha256).not.toBe(before.sha256);
  });

  it('does not depend on the order in which files were written', async () => {
    world.write('b.py', '');
    world.write('a.py', '');
    const other = await trainingWorld();
    for (const path of ['a.py', 'b.py']) other.write(path, '');
    other.write('shared/load.py', 'load()\n');
    expect(await measureCode(other.ports.workspace, everything)).toEqual(await measure());
  });
});
