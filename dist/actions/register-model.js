import { runAction } from '../bundle/index.js';

await runAction('register-model', import.meta.url);
