import { runFixture } from './fixture-action.ts';

await runFixture();
