import { dirname, relative, resolve, sep } from 'node:path';
import { readTopLevel } from '@model-gitops/git';
import { ProblemError, parseModelConfig } from '@model-gitops/lifecycle';
import { localFiles } from './local-files.ts';
import { cliProblems } from './problems.ts';

export interface SuiteFile {
  readonly file: string;
  readonly text: string;
}

async function readFile(path: string): Promise<string> {
  const text = await localFiles.readText(path);
  if (text === null) throw new ProblemError(cliProblems.suiteMissing(path));
  return text;
}

/** The suite of a model.yaml, whose paths are relative to it or to the root of its repository. */
async function suiteOfModel(path: string): Promise<SuiteFile> {
  const root = (await readTopLevel(dirname(resolve(path)))) ?? dirname(resolve(path));
  const { data } = parseModelConfig(await readFile(path), relative(root, resolve(path)).replaceAll(sep, '/'));
  if (data.expect === undefined) throw new ProblemError(cliProblems.noExpectations(path));
  return { file: data.expect, text: await readFile(resolve(root, data.expect)) };
}

/** A suite as `--suite` names it: the file itself, or the model.yaml whose `data.expect` it is. Problems: `suite-missing`. */
export async function readSuite(path: string): Promise<SuiteFile> {
  if (/\.ya?ml$/i.test(path)) return suiteOfModel(path);
  return { file: path, text: await readFile(path) };
}
