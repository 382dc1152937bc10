export { type ConfigCheckDocument, type ConfigCheckRequest, checkConfiguration } from './check-configuration.ts';
export type { ExplainedValue } from './explain.ts';
export { parseModelConfig } from './parse-model.ts';
export { parseRepositoryConfig, repositoryConfigFile } from './parse-repository.ts';
export { type Configuration, type ConfigurationFiles, readConfiguration } from './read-configuration.ts';
export { configurationSchema, repositorySchema } from './schema.ts';
