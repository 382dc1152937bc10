import { registryVerbs } from './definitions/registry.ts';
import { repositoryVerbs } from './definitions/repository.ts';
import { stepVerbs } from './definitions/steps.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order of `--help`. To add one: a line in `definitions/`, a file in `verbs/`. */
export const verbs: readonly Verb[] = [...stepVerbs, ...registryVerbs, ...repositoryVerbs];

/** What the first of two words means. */
export const families: Readonly<Record<string, string>> = {
  config: 'the configuration: model.yaml and .github/model-gitops.yml',
  engines: 'the engines that read tables and run models',
};
