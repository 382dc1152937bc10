import { runAction } from '../bundle/index.js';

await runAction('evaluate-model', import.meta.url);
