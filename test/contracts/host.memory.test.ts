import { testHost } from '../../packages/lifecycle/src/testing/registry-world.ts';
import { hostContract } from './host.ts';

hostContract('memory', () => testHost());
