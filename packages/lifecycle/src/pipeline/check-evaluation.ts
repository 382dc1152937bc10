import type { ModelConfig } from '../config/types.ts';
import type { EvaluateDocument, TrainDocument } from '../documents.ts';
import { evaluationDefinition } from '../evaluate/evaluation-definition.ts';
import type { ModelFacts } from '../evaluate/model-facts.ts';
import type { ModelTables } from '../features/find-tables.ts';
import { ProblemError } from '../problem.ts';
import { pipelineProblems } from './problems.ts';

export interface Evaluated {
  readonly evaluation: EvaluateDocument;
  readonly run: TrainDocument | null;
  /** The model file as it is now. */
  readonly facts: ModelFacts;
  readonly tables: ModelTables;
}

/** Why a document is not the evaluation of what is here; null where it is. */
function staleness(config: ModelConfig, { evaluation, facts, tables }: Evaluated): string | null {
  if (evaluation.modelName !== config.name) return 'is of another model';
  if (evaluation.model?.sha256 !== facts.model.sha256) return `was made for other bytes than ${facts.model.path} has`;
  if (evaluation.data?.sha256 !== tables.test.facts.sha256)
    return `was made on other test rows than ${tables.test.facts.path} has`;
  if (evaluation.definition !== evaluationDefinition(config))
    return 'was made by another "features" or "evaluate" of model.yaml';
  return null;
}

/**
 * The evaluation, if it is of the very model, test rows and definition that are here now. What can be told again cheaply
 * is: the facts of the file, its scan, and what training reported. The figures are taken as evaluate wrote them.
 * Problem `evaluation-stale`.
 */
export function checkedEvaluation(config: ModelConfig, evaluated: Evaluated): EvaluateDocument {
  const why = staleness(config, evaluated);
  if (why !== null) throw new ProblemError(pipelineProblems.staleEvaluation(config.name, why));
  const { evaluation, facts, run } = evaluated;
  return { ...evaluation, model: facts.model, scan: facts.scan, reported: run?.run?.metrics ?? {} };
}
