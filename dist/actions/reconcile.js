import { runAction } from '../bundle/index.js';

await runAction('reconcile', import.meta.url);
