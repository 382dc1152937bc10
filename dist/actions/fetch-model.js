import { runAction } from '../bundle/index.js';

await runAction('fetch-model', import.meta.url);
