import { describe, expect, it } from 'vitest';
import { folderOf, resolveFile, resolvePath } from './resolve-path.ts';

const folder = 'models/fraud';

describe('resolvePath', () => {
  it.each([
    ['model.onnx', 'models/fraud/model.onnx'],
    ['./model.onnx', 'models/fraud/model.onnx'],
    ['data//x/./y/', 'models/fraud/data/x/y'],
    ['../shared/suite.json', 'models/shared/suite.json'],
    ['../../data/train.csv', 'data/train.csv'],
    ['/data/train.csv', 'data/train.csv'],
    ['//data/train.csv', 'data/train.csv'],
    ['**/*.py', 'models/fraud/**/*.py'],
    ['.', 'models/fraud'],
    ['..', 'models'],
    ['été/données.csv', 'models/fraud/été/données.csv'],
  ])('%s is %s', (text, path) => {
    expect(resolvePath(text, folder)).toEqual({ path });
  });

  it.each([
    ['../../../data.csv', 'leaves the repository'],
    ['/..', 'leaves the repository'],
    ['/../etc/passwd', 'leaves the repository'],
    ['x/../../../../y', 'leaves the repository'],
    ['../..', 'is the whole repository'],
    ['/', 'is the whole repository'],
    ['C:\\data.csv', 'has a backslash; folders are separated by "/" on every system'],
    ['..\\data.csv', 'has a backslash; folders are separated by "/" on every system'],
    ['C:/data.csv', 'begins with a drive, which other computers do not have'],
    ['s3://bucket/data.csv', 'is an address; only files of the repository are read'],
    ['https://example.org/data.csv', 'is an address; only files of the repository are read'],
    ['file:///etc/passwd', 'is an address; only files of the repository are read'],
    ['a\0b', 'has a control character in it'],
    ['a\nb', 'has a control character in it'],
    ['/.git/hooks/post-commit', 'is inside of the folder that Git keeps for itself'],
    ['/sub/.GIT/config', 'is inside of the folder that Git keeps for itself'],
    ['!model.yaml', 'begins with "!", and nothing can be left out of a glob'],
    ['/!data', 'begins with "!", and nothing can be left out of a glob'],
  ])('%j %s', (text, flaw) => {
    expect(resolvePath(text, folder)).toEqual({ flaw });
  });

  it('knows the root', () => {
    expect(resolvePath('model.onnx', folderOf('model.yaml'))).toEqual({ path: 'model.onnx' });
    expect(resolvePath('../model.onnx', '')).toEqual({ flaw: 'leaves the repository' });
  });

  it('takes no pattern where one file is wanted', () => {
    expect(resolveFile('*.onnx', folder)).toEqual({ flaw: 'is a pattern, and one file is wanted' });
    expect(resolveFile('model.onnx', folder)).toEqual({ path: 'models/fraud/model.onnx' });
  });
});
