import type { FormatProblem } from './parsed.ts';

/** Text of unknown origin, cut and quoted, without control or bidirectional characters. */
function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Every problem of the formats, in one table. */
export const formatProblems = {
  modelName: (name: string): FormatProblem => ({
    code: 'model-name',
    message: `${shown(name)} is not a model name.`,
    remedy: 'Use lower-case letters, digits, "-" and "_", starting with a letter or digit, at most 64 characters.',
  }),
  environmentName: (name: string): FormatProblem => ({
    code: 'environment-name',
    message: `${shown(name)} is not an environment name.`,
    remedy:
      'Use lower-case letters, digits, "-" and "_", starting with a letter; not "archived" and not a root of gates such as "metrics".',
  }),
  version: (text: string): FormatProblem => ({
    code: 'version',
    message: `${shown(text)} is not a semantic version.`,
    remedy: 'Write it as 1.4.0 (v1.4.0 and 2.0.0-rc.1 are accepted, build metadata is not).',
  }),
  tagName: (text: string): FormatProblem => ({
    code: 'tag-name',
    message: `${shown(text)} is not the tag of a model version.`,
    remedy: 'Tags of versions are named <model>@v<version>, such as fraud@v1.4.0.',
  }),
  record: (what: string): FormatProblem => ({
    code: 'record-unreadable',
    message: `The message of the tag holds no version record: ${what}.`,
    remedy: 'Register the version with model-gitops; a tag made by hand carries no record.',
  }),
  recordKey: (key: string): FormatProblem => ({
    code: 'record-key',
    message: `A parameter, metric or column is named ${shown(key)}, which not every reader of the record would see.`,
    remedy: 'Give it another name.',
  }),
  recordTooLarge: (bytes: number): FormatProblem => ({
    code: 'record-too-large',
    message: `The version record has ${bytes} bytes; at most 65536 fit into a tag.`,
    remedy: 'Record fewer parameters or metrics; keep large evidence in the artifact store.',
  }),
  pointer: (what: string): FormatProblem => ({
    code: 'pointer-unreadable',
    message: `The pointer file is not readable: ${what}.`,
    remedy: 'It has exactly two lines: "version: 1.4.0" and "digest: sha256:<64 hex digits>". Let "promote" write it.',
  }),
  archive: (what: string): FormatProblem => ({
    code: 'archive-unreadable',
    message: `The list of archived versions is not readable: ${what}.`,
    remedy: 'It has the line "archived:" and then one line "  - 1.3.0" for each version. Let "archive" write it.',
  }),
  event: (what: string): FormatProblem => ({
    code: 'event-unreadable',
    message: `A ledger event is not readable: ${what}.`,
    remedy: 'A newer model-gitops may have written it: update; otherwise look at the history of model-gitops/ledger.',
  }),
};
