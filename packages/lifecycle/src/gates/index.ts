export { type GateFacts, judgeGates } from './judge-gates.ts';
export { type GateQuestion, gateProblemsOf, gateRoots } from './parse-gate.ts';
