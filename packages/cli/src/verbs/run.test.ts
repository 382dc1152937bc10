import { expect, it } from 'vitest';
import { commandLine } from './run.ts';

it('takes one word as the command line that somebody wrote', () => {
  expect(commandLine(['python train.py && echo done'], 'linux')).toBe('python train.py && echo done');
});

it('keeps several words apart, whatever is in them', () => {
  const words = ['python', 'train.py', '--name', `it's`, '$HOME;ls', ''];
  expect(commandLine(words, 'linux')).toBe(`python train.py --name 'it'\\''s' '$HOME;ls' ''`);
  expect(commandLine(['train', 'a "b" c'], 'win32')).toBe('train "a ""b"" c"');
});
