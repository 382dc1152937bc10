import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareGenerated, type Generator, writeGenerated } from '@model-gitops/tools';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root = '';
const generator: Generator = {
  name: 'greetings',
  folder: 'out',
  generate: async () =>
    new Map([
      ['out/hello.txt', 'hello\n'],
      ['out/deep/bye.txt', 'bye\n'],
    ]),
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'model-gitops-generated-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what is generated', () => {
  it('is listed where it is missing, and nothing is written', async () => {
    expect(await compareGenerated(root, generator)).toEqual(['out/deep/bye.txt', 'out/hello.txt']);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  it('is as generated once it is written', async () => {
    expect(await writeGenerated(root, generator)).toEqual(['out/deep/bye.txt', 'out/hello.txt']);
    expect(await compareGenerated(root, generator)).toEqual([]);
    expect(await writeGenerated(root, generator)).toEqual([]);
  });

  it('is listed where a hand changed it or left something over', async () => {
    await writeGenerated(root, generator);
    writeFileSync(join(root, 'out', 'hello.txt'), 'hello!\n');
    mkdirSync(join(root, 'out', 'old'));
    writeFileSync(join(root, 'out', 'old', 'gone.txt'), '');
    expect(await compareGenerated(root, generator)).toEqual(['out/hello.txt', 'out/old/gone.txt']);
    expect(readFileSync(join(root, 'out', 'hello.txt'), 'utf8')).toBe('hello!\n');
    await writeGenerated(root, generator);
    expect(existsSync(join(root, 'out', 'old', 'gone.txt'))).toBe(false);
  });
});
