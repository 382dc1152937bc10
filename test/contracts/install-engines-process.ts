import { type InstallRequest, installEngines } from '@model-gitops/host';

// One of several processes that install the same engines at once.
await installEngines(JSON.parse(process.argv[2] ?? '') as InstallRequest);
process.disconnect?.();
