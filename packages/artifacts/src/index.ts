export { directoryStore } from './directory-store.ts';
export { openStore } from './open-store.ts';
