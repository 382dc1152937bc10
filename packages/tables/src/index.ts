export { type DuckdbEngineOptions, duckdbEngine } from './duckdb-engine.ts';
