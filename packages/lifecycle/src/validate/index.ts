export type { ResultFormat } from './expectation.ts';
export { parseSuite } from './parse-suite.ts';
export { proposeSuite } from './propose-suite.ts';
export type { Expectation, Severity, Suite } from './suite.ts';
export { type ValidateDataPorts, type ValidateDataRequest, validateData } from './validate-data.ts';
export {
  type FailOn,
  type ValidatePorts,
  type ValidateTableRequest,
  validateTable,
} from './validate-table.ts';
