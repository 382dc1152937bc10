import { main } from './main.ts';

await main({ argv: process.argv.slice(2), environment: process.env, streams: process, from: import.meta.url });
