import type { Generator } from './generated-files.ts';

/** What editors check model.yaml and .github/model-gitops.yml with. */
export const jsonSchemas: Generator = {
  name: 'schemas',
  folder: 'schemas',
  async generate() {
    const { configurationSchema, repositorySchema } = await import('@model-gitops/lifecycle');
    const render = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
    return new Map([
      ['schemas/model.schema.json', render(configurationSchema())],
      ['schemas/repository.schema.json', render(repositorySchema())],
    ]);
  },
};
