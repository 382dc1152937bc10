import { runAction } from '../bundle/index.js';

await runAction('train-model', import.meta.url);
