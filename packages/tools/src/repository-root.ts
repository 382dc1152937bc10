import { fileURLToPath } from 'node:url';

/** This repository, whatever folder the command was started in. */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
