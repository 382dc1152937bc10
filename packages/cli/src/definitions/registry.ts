import type { Verb } from '../verb.ts';
import { pair, readOptions, writeOptions } from './shared-options.ts';

/** Versions, environments and the questions about them. */
export const registryVerbs: readonly Verb[] = [
  {
    name: 'register',
    group: 'Registry',
    summary: 'make a version of a file, or of what the steps made, if its gates pass',
    arguments: '[model...]',
    examples: [
      'model-gitops register fraud',
      'model-gitops register fraud --artifact model.onnx --evaluation evaluation.json --data train=data/train.csv',
    ],
    progress: 'registering',
    define: (command) =>
      writeOptions(command)
        .option('--artifact <path>', 'the file of the model')
        .option('--version <x.y.z>', 'default: the next by rule')
        .option('--evaluation <file>', 'an evaluate document of this very file')
        .option('--metrics <file>', 'figures that you report yourself, {"accuracy": 0.93}; no gate sees them')
        .option('--data <name=path>', 'what it was made from (repeatable)', pair)
        .option('--parameter <name=value>', 'what it was made with (repeatable)', pair),
    load: async () => (await import('../verbs/register.ts')).register,
  },
  {
    name: 'ls',
    group: 'Registry',
    summary: 'models, their versions and what each environment wants',
    arguments: '[model]',
    examples: ['model-gitops ls', 'model-gitops ls fraud'],
    progress: 'reading the registry',
    define: readOptions,
    load: async () => (await import('../verbs/ls.ts')).ls,
  },
  {
    name: 'show',
    group: 'Registry',
    summary: 'one version with its whole record',
    arguments: '<model[@version|environment]>',
    examples: ['model-gitops show fraud@production'],
    progress: 'reading the registry',
    define: readOptions,
    load: async () => (await import('../verbs/show.ts')).show,
  },
  {
    name: 'history',
    group: 'Registry',
    summary: 'every decision about a model, newest first',
    arguments: '<model> [environment]',
    examples: ['model-gitops history fraud production'],
    progress: 'reading the history',
    define: readOptions,
    load: async () => (await import('../verbs/history.ts')).history,
  },
  {
    name: 'promote',
    group: 'Registry',
    summary: 'propose a version for an environment, or assign it by policy',
    arguments: '<model> <version> <environment>',
    examples: ['model-gitops promote fraud 1.4.0 production'],
    progress: 'proposing',
    define: writeOptions,
    load: async () => (await import('../verbs/changes.ts')).promote,
  },
  {
    name: 'rollback',
    group: 'Registry',
    summary: 'return an environment to the version before',
    arguments: '<model> <environment>',
    examples: ['model-gitops rollback fraud production'],
    progress: 'proposing',
    define: writeOptions,
    load: async () => (await import('../verbs/changes.ts')).rollback,
  },
  {
    name: 'archive',
    group: 'Registry',
    summary: 'propose that a version is never promoted again',
    arguments: '<model> <version>',
    examples: ['model-gitops archive fraud 1.3.0'],
    progress: 'proposing',
    define: writeOptions,
    load: async () => (await import('../verbs/changes.ts')).archive,
  },
  {
    name: 'reconcile',
    group: 'Registry',
    summary: 'open, update and check the promotion pull requests, as the app does',
    arguments: '',
    examples: ['model-gitops reconcile --dry-run'],
    progress: 'reconciling',
    define: writeOptions,
    load: async () => (await import('../verbs/reconcile.ts')).reconcile,
  },
  {
    name: 'at',
    group: 'Registry',
    summary: 'what was wanted at a moment, with its data, code and approver',
    arguments: '<time>',
    examples: ['model-gitops at 2026-10-14T12:00Z'],
    progress: 'reading the history',
    define: readOptions,
    load: async () => (await import('../verbs/at.ts')).at,
  },
  {
    name: 'pull',
    group: 'Registry',
    summary: 'fetch the verified bytes of a version',
    arguments: '<model@version|environment>',
    examples: [
      'model-gitops pull fraud@production --out model',
      'model-gitops pull fraud@production --out model --at 2026-10-14',
    ],
    progress: 'fetching the bytes',
    define: (command) =>
      readOptions(command)
        .requiredOption('--out <folder>', 'where to write them')
        .option('--at <time>', 'as the registry stood then')
        .option('--allow-unapproved', 'also where the pointer came from no approved promotion'),
    load: async () => (await import('../verbs/pull.ts')).pull,
  },
  {
    name: 'lineage',
    group: 'Registry',
    summary: 'what a version was made from, and where it went',
    arguments: '<model[@version|environment]>',
    examples: ['model-gitops lineage fraud@1.4.0'],
    progress: 'reading the registry',
    define: readOptions,
    load: async () => (await import('../verbs/lineage.ts')).lineage,
  },
  {
    name: 'compare',
    group: 'Registry',
    summary: 'two versions side by side, and what differs between them',
    arguments: '<model@a> <model@b>',
    examples: ['model-gitops compare fraud@production fraud@1.4.0'],
    progress: 'reading the registry',
    define: readOptions,
    load: async () => (await import('../verbs/compare.ts')).compare,
  },
  {
    name: 'verify',
    group: 'Registry',
    summary: 'was anything changed outside the rules?',
    arguments: '[model]',
    examples: ['model-gitops verify'],
    progress: 'reading every version, decision and byte',
    define: (command) => readOptions(command).option('--online', 'ask the forge again who approved'),
    load: async () => (await import('../verbs/verify.ts')).verify,
  },
];
