import type { Answer, TrainDocument } from '@model-gitops/lifecycle';
import { documentsOf, outputsOfOne, outputText } from '../answer-documents.ts';

const nameOfRun = ({ run }: TrainDocument) => run?.id ?? null;
const modelPath = ({ run }: TrainDocument) => run?.artifacts[0]?.path ?? null;
const digest = ({ run }: TrainDocument) => run?.artifacts[0]?.sha256 ?? null;

export function outputs(
  answer: Answer,
): Record<'run' | 'reused' | 'recorded' | 'model-path' | 'sha256' | 'runs', string> {
  const documents = documentsOf<TrainDocument>(answer, 'model-gitops/train/1');
  const runs = documents.map((document) => ({
    model: document.model,
    run: nameOfRun(document),
    reused: document.reused,
    recorded: document.recorded,
    path: modelPath(document),
    sha256: digest(document),
  }));
  const one = outputsOfOne(documents, {
    run: nameOfRun,
    reused: ({ reused }) => reused,
    recorded: ({ recorded }) => recorded,
    'model-path': modelPath,
    sha256: digest,
  });
  return { ...one, runs: outputText(runs) };
}
