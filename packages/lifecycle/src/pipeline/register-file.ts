import type { ModelConfig } from '../config/types.ts';
import type { DatasetFacts, EvaluateDocument, Figure } from '../documents.ts';
import { readModelFacts } from '../evaluate/model-facts.ts';
import { evaluationShape } from '../handover-shapes.ts';
import type { Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { type RegisterDocument, registerModel } from '../registry/index.ts';
import { readChampions } from './champions.ts';
import type { Checkout } from './checkout.ts';
import { fileProblems } from './file-problems.ts';
import { judgeAgain, withGates } from './register-step.ts';

/** The files that a command line may name: anywhere on the disk. */
export type Files = Pick<Workspace, 'readText' | 'readBytes' | 'measure' | 'resolve'>;

export interface RegisterFileRequest {
  readonly model: string;
  /** The model.yaml of that name; null where there is none: then there are no gates. */
  readonly config: ModelConfig | null;
  readonly artifact: string;
  readonly version: string | null;
  /** An evaluate document. */
  readonly evaluation: string | null;
  /** A JSON object of figures that somebody reports. */
  readonly metrics: string | null;
  readonly data: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly dryRun: boolean;
}

async function readJson(files: Files, path: string): Promise<unknown> {
  const text = await files.readText(path);
  if (text === null) throw new ProblemError(fileProblems.missing(path));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProblemError(fileProblems.notJson(path, cause instanceof Error ? cause.message : ''), { cause });
  }
}

async function readEvaluation(files: Files, path: string | null): Promise<EvaluateDocument | null> {
  if (path === null) return null;
  const document = evaluationShape.safeParse(await readJson(files, path));
  if (!document.success) throw new ProblemError(fileProblems.notAnEvaluation(path));
  return document.data as unknown as EvaluateDocument;
}

function isFigure(value: unknown): value is Figure {
  return (
    typeof value === 'number' || value === null || value === 'NaN' || value === 'Infinity' || value === '-Infinity'
  );
}

async function readMetrics(files: Files, path: string | null): Promise<Readonly<Record<string, Figure>> | null> {
  if (path === null) return null;
  const document = await readJson(files, path);
  const entries =
    typeof document === 'object' && document !== null && !Array.isArray(document) ? Object.entries(document) : null;
  if (entries === null) throw new ProblemError(fileProblems.notFigures(path, 'it is no object'));
  const wrong = entries.find(([, value]) => !isFigure(value));
  if (wrong !== undefined) throw new ProblemError(fileProblems.notFigures(path, `"${wrong[0]}" is no number`));
  return Object.fromEntries(entries) as Record<string, Figure>;
}

async function measureData(files: Files, data: Readonly<Record<string, string>>): Promise<readonly DatasetFacts[]> {
  const facts: DatasetFacts[] = [];
  for (const [name, path] of Object.entries(data)) {
    const measured = await files.measure(path);
    if (measured === null) throw new ProblemError(fileProblems.missing(path));
    facts.push({ name, path, sha256: measured.sha256, size: measured.size });
  }
  return facts;
}

async function judged(
  request: RegisterFileRequest,
  evaluation: EvaluateDocument | null,
  reader: Parameters<typeof readChampions>[0],
) {
  if (evaluation === null || request.config === null || request.config.gates.length === 0) return evaluation;
  const champions = await readChampions(reader, request.model);
  return withGates(evaluation, judgeAgain(request.config, evaluation, { champions, data: null }));
}

/** Registers a file that somebody made, with what they know of it. Reads everything before anything is written. */
export async function registerFile(
  request: RegisterFileRequest,
  files: Files,
  checkout: Checkout,
): Promise<RegisterDocument> {
  const evaluation = await readEvaluation(files, request.evaluation);
  const reportedMetrics = await readMetrics(files, request.metrics);
  const data = await measureData(files, request.data);
  const { model, scan } = await readModelFacts(files, { path: request.artifact, sha256: null });
  const writer = await checkout.openWriter();
  const { head, workflowRun, isLocal } = checkout;
  return registerModel(
    {
      model: request.model,
      config: request.config,
      version: request.version,
      evaluation: await judged(request, evaluation, writer),
      reportedMetrics,
      data,
      features: null,
      parameters: request.parameters,
      run: null,
      artifacts: [
        {
          name: model.path.slice(Math.max(model.path.lastIndexOf('/'), model.path.lastIndexOf('\\')) + 1),
          kind: 'file',
          format: model.format,
          path: files.resolve(request.artifact),
          sha256: model.sha256,
          size: model.sizeBytes,
        },
      ],
      scan,
      signature:
        model.inputs.length + model.outputs.length === 0 ? null : { inputs: model.inputs, outputs: model.outputs },
      commit: { head: head.commit, dirty: await checkout.readDirty(), workflowRun },
      dryRun: request.dryRun,
      local: isLocal,
    },
    { ...writer, store: checkout.store },
  );
}
