import type { Answer, RegisterDocument } from '@model-gitops/lifecycle';
import { documentsOf, outputsOfOne, outputText } from '../answer-documents.ts';

export function outputs(answer: Answer): Record<'version' | 'tag' | 'digest' | 'created' | 'registered', string> {
  const documents = documentsOf<RegisterDocument>(answer, 'model-gitops/register/1');
  const one = outputsOfOne(documents, {
    version: ({ version }) => version,
    tag: ({ tag }) => tag,
    digest: ({ digest }) => digest,
    created: ({ created }) => created,
  });
  const registered = documents.map(({ model, version, tag, digest, created }) => ({
    model,
    version,
    tag,
    digest,
    created,
  }));
  return { ...one, registered: outputText(registered) };
}
