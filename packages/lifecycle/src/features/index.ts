export { engineerFeatures, type FeaturesRequest } from './engineer-features.ts';
export { findTables, type ModelTables } from './find-tables.ts';
export type { FeaturePorts } from './make-features.ts';
