import { runAction } from '../bundle/index.js';

await runAction('validate-data', import.meta.url);
