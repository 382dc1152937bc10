export type { AppKeys, NewApp } from './apps/apps.ts';
export type { Permissions, Role } from './records/people.ts';
export { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts';
export type { Webhooks } from './webhooks/create-webhooks.ts';
export type { RelayPlan } from './webhooks/relay.ts';
