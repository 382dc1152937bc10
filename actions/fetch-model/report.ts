import { relative } from 'node:path';
import { type Answer, answerWith, describePull, type PullDocument } from '@model-gitops/lifecycle';

/** Tells of files as the workflow names them: from its folder, where they are in it. The document keeps where they are. */
export function tellFetched(document: PullDocument, folder: string): Answer {
  const files = document.files.map((file) => {
    const near = relative(folder, file.path);
    return near.startsWith('..') ? file : { ...file, path: near };
  });
  return answerWith(document, (pulled) => describePull({ ...pulled, files }));
}
