import type { AnnotationProperties } from '@actions/core';
import type { Annotation } from '@model-gitops/lifecycle';

/** GitHub shows about ten annotations of a level for a step. */
const shownPerLevel = 10;

type Write = (message: string, properties: AnnotationProperties) => void;

export interface Annotator {
  readonly error: Write;
  readonly warning: Write;
  readonly notice: Write;
}

/** The first ten of each level, the last of them saying how many there are more. */
export function writeAnnotations(annotations: readonly Annotation[], annotator: Annotator): void {
  for (const level of ['error', 'warning', 'notice'] as const) {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    for (const [index, { title, message, file, line }] of ofLevel.slice(0, shownPerLevel).entries()) {
      const rest = ofLevel.length - shownPerLevel;
      const more = index === shownPerLevel - 1 && rest > 0 ? ` (and ${rest} more, see the summary)` : '';
      annotator[level](`${message}${more}`, {
        title,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { startLine: line }),
      });
    }
  }
}
