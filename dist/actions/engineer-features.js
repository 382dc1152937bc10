import { runAction } from '../bundle/index.js';

await runAction('engineer-features', import.meta.url);
