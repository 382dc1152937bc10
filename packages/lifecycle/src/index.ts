export * from './config/index.ts';
export type * from './config/types.ts';
export type * from './documents.ts';
export { compareMetrics } from './evaluate/compare-metrics.ts';
export * from './evaluate/index.ts';
export { engineerFeatures, type FeaturePorts, type FeaturesRequest } from './features/index.ts';
export { type HandoverDocuments, handoverPath, readHandover, writeHandover } from './handover.ts';
export * from './pipeline/index.ts';
export type * from './ports/index.ts';
export * from './problem.ts';
export * from './reconcile/index.ts';
export { commitText, parseCommitText, parseTagText, tagText } from './registry/git-object-text.ts';
export * from './registry/index.ts';
export * from './texts/index.ts';
export {
  type CommandRecordPorts,
  type CommandRecordRequest,
  recordCommand,
  type TrainPorts,
  type TrainRequest,
  trainModel,
} from './train/index.ts';
export * from './validate/index.ts';
export * from './verdict.ts';
