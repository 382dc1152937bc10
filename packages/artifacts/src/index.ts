export { directoryStore } from './directory-store.ts';
export { openStore } from './open-store.ts';
export { releaseStore } from './release-store.ts';
