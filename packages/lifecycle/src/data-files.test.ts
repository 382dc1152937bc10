import { beforeEach, describe, expect, it } from 'vitest';
import { findTable } from './data-files.ts';
import { type TrainingWorld, trainingWorld } from './testing/training-world.ts';

let world: TrainingWorld;
const find = (pattern: string, more: object = {}) =>
  findTable(world.ports.workspace, { name: 'train', pattern, parseDates: [], ...more });

beforeEach(async () => {
  world = await trainingWorld();
  world.write('parts/b.csv', 'x\n2\n');
  world.write('parts/a/a.csv', 'x\n1\n');
  world.write('parts/notes.txt', 'not a table');
});

describe('findTable', () => {
  it('finds one file, by its own digest', async () => {
    const measured = await world.ports.workspace.measure('parts/b.csv');
    expect(await find('parts/b.csv')).toEqual({
      source: { paths: ['/repository/parts/b.csv'], format: 'csv' },
      facts: { name: 'train', path: 'parts/b.csv', sha256: measured?.sha256, size: 4 },
    });
  });

  it('takes a folder, and a glob, for one table', async () => {
    const [folder, glob] = [await find('parts'), await find('parts/**/*.csv')];
    expect(folder.source.paths).toEqual(['/repository/parts/a/a.csv', '/repository/parts/b.csv']);
    expect(glob).toEqual({ ...folder, facts: { ...folder.facts, path: 'parts/**/*.csv' } });
    expect(folder.facts.size).toBe(8);
  });

  it('knows a table of several files changed where one of them is', async () => {
    const { facts } = await find('parts');
    world.write('parts/b.csv', 'x\n3\n');
    expect((await find('parts')).facts.sha256).not.toBe(facts.sha256);
  });

  it('reads the dates that it is told of', async () => {
    expect((await find('parts', { parseDates: ['x'] })).source.parseDates).toEqual(['x']);
  });

  const position = { file: 'models/fraud/model.yaml', line: 4, column: 9 };
  it.each([
    ['nothing matches', 'parts/*.parquet', 'data-missing', position],
    ['a folder holds no table', 'models', 'data-missing', position],
    ['the ending is none of a table', 'parts/notes.txt', 'data-format', { file: 'parts/notes.txt' }],
    ['formats are mixed', 'mixed', 'data-mixed', position],
  ])('refuses where %s', async (_, pattern, code, where) => {
    world.write('mixed/a.csv', 'x\n1\n');
    world.write('mixed/b.jsonl', '{"x": 1}\n');
    await expect(find(pattern, { position })).rejects.toMatchObject({ problems: [{ code, ...where }] });
  });
});
