export { main, type Start, type Streams } from './main.ts';
