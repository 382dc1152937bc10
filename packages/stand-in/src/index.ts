export type { Permissions, Role } from './records/people.ts';
export { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts';
