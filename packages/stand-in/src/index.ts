export type { AppKeys, NewApp } from './apps/apps.ts';
export type { Fault, FaultPlan, PlannedFault, RandomFaults } from './faults/fault-plan.ts';
export type { Limits } from './limits/keep-limits.ts';
export type { Permissions, Role } from './records/people.ts';
export type { Exchange } from './requests/record-exchanges.ts';
export type { LoggedRequest, RequestLog } from './requests/request-log.ts';
export { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts';
export type { Webhooks } from './webhooks/create-webhooks.ts';
export type { RelayPlan } from './webhooks/relay.ts';
