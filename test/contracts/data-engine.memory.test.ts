import type { ColumnKind } from '@model-gitops/lifecycle';
import { memoryDataEngine } from '../../packages/lifecycle/src/testing/memory-data-engine.ts';
import { dataEngineContract, orders } from './data-engine.ts';

const kinds: Readonly<Record<string, ColumnKind>> = { country: 'text', paid: 'boolean' };
const table = Object.fromEntries(
  Object.entries(orders).map(([name, cells]) => [name, { kind: kinds[name] ?? ('number' as const), cells }]),
);

dataEngineContract('memory', async () => ({
  engine: memoryDataEngine(new Map([['orders.csv', table]])),
  source: (name) => ({ paths: [`${name}.csv`], format: 'csv' }),
}));
