export type * from './aggregates.ts';
export type { ArtifactStore, Owner, StoredFile } from './artifact-store.ts';
export type { CommandRequest, CommandResult, CommandRunner } from './command-runner.ts';
export type * from './data-engine.ts';
export type * from './forge.ts';
export type * from './git-store.ts';
export type { Host } from './host.ts';
export type * from './model-runner.ts';
export type { FileFacts, Workspace } from './workspace.ts';
