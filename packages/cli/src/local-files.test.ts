import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localFiles } from './local-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-gitops-local-'));
beforeAll(() => {
  mkdirSync(join(folder, 'a$&b'));
  writeFileSync(join(folder, 'latin.txt'), new Uint8Array([0x63, 0xe9]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('files of a command line', () => {
  it('are called what was typed', async () => {
    const [absolute, near] = [join(folder, 'latin.txt'), relative('.', join(folder, 'latin.txt'))];
    for (const typed of [absolute, near])
      await expect(localFiles.readText(typed)).rejects.toMatchObject({
        problems: [{ code: 'file-not-text', file: typed, message: `${typed} is not UTF-8 text.` }],
      });
    const odd = join(folder, 'a$&b');
    await expect(localFiles.readBytes(odd)).rejects.toMatchObject({
      problems: [{ code: 'not-a-file', file: odd, message: `${odd} is not a file.` }],
    });
    await expect(localFiles.writeText(odd, 'x')).rejects.toMatchObject({ problems: [{ file: odd }] });
  });

  it('may be missing', async () => {
    expect(await localFiles.readText(join(folder, 'none'))).toBeNull();
    expect(await localFiles.measure(join(folder, 'none'))).toBeNull();
  });
});
