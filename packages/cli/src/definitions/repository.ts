import { Argument } from 'commander';
import type { Verb } from '../verb.ts';
import { repeated } from './shared-options.ts';

/** The configuration, files, and what this machine needs. */
export const repositoryVerbs: readonly Verb[] = [
  {
    name: 'config check',
    group: 'Repository',
    summary: 'read every model.yaml, or those named, and say what is wrong at which line',
    arguments: '[file...]',
    examples: ['model-gitops config check --explain'],
    progress: 'reading the configuration',
    define: (command) => command.option('--explain', 'also print each resolved path and where each value came from'),
    load: async () => (await import('../verbs/config.ts')).checkConfig,
  },
  {
    name: 'config schema',
    group: 'Repository',
    summary: 'the JSON Schema of model.yaml (or of model-gitops.yml), for editors',
    arguments: '',
    examples: ['model-gitops config schema > model.schema.json', 'model-gitops config schema repository'],
    progress: 'writing the schema',
    define: (command) => command.addArgument(new Argument('[which]', 'of which file').choices(['model', 'repository'])),
    load: async () => (await import('../verbs/config.ts')).configSchema,
  },
  {
    name: 'scan',
    group: 'Repository',
    summary: 'what model files could do to whoever loads them',
    arguments: '<file-or-folder>',
    examples: ['model-gitops scan model.onnx'],
    progress: 'reading the files',
    define: (command) => command,
    load: async () => (await import('../verbs/scan.ts')).scan,
  },
  {
    name: 'engines list',
    group: 'Repository',
    summary: 'the engines that read tables and run models, and where they are',
    arguments: '',
    examples: ['model-gitops engines list'],
    progress: 'looking for engines',
    define: (command) => command,
    load: async () => (await import('../verbs/engines.ts')).listEngines,
  },
  {
    name: 'engines install',
    group: 'Repository',
    summary: 'install them from your npm registry, each checked against its sha512',
    arguments: '[engine...]',
    examples: ['model-gitops engines install', 'model-gitops engines install duckdb --pack engines.tgz'],
    progress: 'installing',
    define: (command) => command.option('--pack <file>', 'from a file of "engines pack", without a network'),
    load: async () => (await import('../verbs/engines.ts')).installEngines,
  },
  {
    name: 'engines pack',
    group: 'Repository',
    summary: 'pack them for a machine without a network',
    arguments: '[engine...]',
    examples: ['model-gitops engines pack --out engines.tgz --platform linux-x64-glibc'],
    progress: 'packing',
    define: (command) =>
      command
        .option('--out <file>', 'default: model-gitops-engines.tgz')
        .option('--platform <name>', 'as "engines list" shows it (repeatable); default: this one', repeated),
    load: async () => (await import('../verbs/engines.ts')).packEngines,
  },
];
