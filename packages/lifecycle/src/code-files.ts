import { digestOfValue } from '@model-gitops/registry';
import type { ModelConfig, Position } from './config/types.ts';
import type { Workspace } from './ports/index.ts';
import { positionOf } from './position-of.ts';
import { type Problem, ProblemError } from './problem.ts';

const codeProblems = {
  none: (globs: readonly string[], where: Position | undefined): Problem => ({
    code: 'code-missing',
    message: `No file matches ${globs.join(', ')}, so nothing says which code trains the model.`,
    remedy: 'Correct "train.code" in model.yaml; without it every source file of the repository counts.',
    ...where,
  }),
};

/** Files that people write programs in, wherever they lie: a model's code may import from anywhere. */
const everySourceFile = [
  '**/*.{py,pyx,ipynb,R,r,Rmd,jl,js,mjs,cjs,ts,mts,cts,jsx,tsx,sh,sql,java,scala,kt,go,rs,c,cc,cpp,cu,h,hpp,lua,rb}',
  '**/Makefile',
];

/** Installed and compiled things: the locks stand for the first, their sources for the second. */
const derived = /(^|\/)(__pycache__|\.ipynb_checkpoints|\.?venv|site-packages)\//;

export interface CodeFacts {
  /** Digest of paths and contents. */
  readonly sha256: string;
  readonly files: number;
}

/** Digest of the files that match any of the globs, whatever their order. */
export async function measureFiles(
  workspace: Workspace,
  { globs, except = [] }: { readonly globs: readonly string[]; readonly except?: readonly string[] },
): Promise<CodeFacts> {
  const isCode = (path: string) => !derived.test(path) && !except.includes(path);
  const paths = (await workspace.list(globs, '')).filter(isCode);
  const digests: Record<string, string | null> = {};
  for (const path of paths) digests[path] = (await workspace.measure(path))?.sha256 ?? null;
  return { sha256: digestOfValue(digests), files: paths.length };
}

/** Files that the steps of a model write: never its code, whatever the globs say. */
function writtenFiles({ train, evaluate }: ModelConfig): readonly string[] {
  const { model, metrics } = train?.outputs ?? {};
  return [model, metrics, evaluate.predictions?.file].filter((path) => path !== undefined);
}

/**
 * The code of a model: what `train.code` names, else every source file of the repository. That is too much rather than
 * too little: a change that is not seen would reuse a model of other code. Problem `code-missing` where named files are not there.
 */
export async function measureCode(workspace: Workspace, config: ModelConfig): Promise<CodeFacts> {
  const named = config.train?.code ?? [];
  const globs = named.length > 0 ? named : everySourceFile;
  const facts = await measureFiles(workspace, { globs, except: writtenFiles(config) });
  if (facts.files === 0 && named.length > 0)
    throw new ProblemError(codeProblems.none(named, positionOf(config, 'train.code', 'train')));
  return facts;
}

/** As `measureCode`, where there is no model.yaml. */
export function measureEverySource(workspace: Workspace): Promise<CodeFacts> {
  return measureFiles(workspace, { globs: everySourceFile });
}
