export * from './verdict.ts';
export * from './problem.ts';
export type * from './documents.ts';
export type * from './config/types.ts';
export type * from './ports/index.ts';
export { commitText, parseCommitText, parseTagText, tagText } from './registry/git-object-text.ts';
export * from './registry/index.ts';
export { type HandoverDocuments, handoverPath, readHandover, writeHandover } from './handover.ts';
export * from './texts/index.ts';
