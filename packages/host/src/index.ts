export { tokenHider } from './action/hide-tokens.ts';
export {
  failOn,
  modelNames,
  onInconclusive,
  optionalText,
  requiredText,
  wholeNumber,
  yesOrNo,
} from './action/input-types.ts';
export { type Environment, readInputs } from './action/read-inputs.ts';
export { type Action, type ActionDoor, runAction } from './action/run-action.ts';
export type { ReportStore } from './action/upload-report.ts';
export { shellCommands } from './commands/shell-commands.ts';
export { renderDocument } from './document-text.ts';
export { type EngineLoaderOptions, engineLoader } from './engines/engine-loader.ts';
export { type InstalledEngine, type InstallRequest, installEngines } from './engines/install-engines.ts';
export { type EngineFacts, type ListRequest, listEngines } from './engines/list-engines.ts';
export { type PackedEngines, type PackRequest, packEngines } from './engines/pack-engines.ts';
export { renderEnginesLock } from './engines/render-engines-lock.ts';
export { type ExitCode, exitCodeOf, isProblem } from './exit-code.ts';
export { systemHost } from './system-host.ts';
export { workspaceAt } from './workspace/workspace-at.ts';
