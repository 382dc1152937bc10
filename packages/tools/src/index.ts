export { readActions } from './actions/read-action.ts';
export { listYamlBlocks } from './checks/yaml-examples.ts';
export { compareGenerated, type Generator, writeGenerated } from './generators/generated-files.ts';
export {
  installAct,
  installActionlint,
  installNode,
  installOpenApi,
  installPython,
  type Neighbour,
} from './neighbours.ts';
export { copyRepository, listSources } from './repository-copy.ts';
export { repositoryRoot } from './repository-root.ts';
export { type ProgramRequest, type ProgramResult, runProgram } from './run-program.ts';
export { parseTally, renderTally, type Tally } from './tally.ts';
