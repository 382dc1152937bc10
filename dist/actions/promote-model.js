import { runAction } from '../bundle/index.js';

await runAction('promote-model', import.meta.url);
