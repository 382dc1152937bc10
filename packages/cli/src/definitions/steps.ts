import { Option } from 'commander';
import type { Verb } from '../verb.ts';
import {
  failNeverOption,
  failOnOption,
  list,
  localOption,
  onInconclusiveOption,
  pair,
  readOptions,
  repeated,
  seedOption,
  storeOption,
} from './shared-options.ts';

const tasks = ['binary', 'multiclass', 'regression', 'ranking'];
const resultFormats = ['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE'];

/** From data to an evaluated model: the steps that a workflow runs, in order. */
export const stepVerbs: readonly Verb[] = [
  {
    name: 'validate',
    group: 'Steps',
    summary: 'check a table against a suite of expectations, or show what is in it',
    arguments: '[data-or-model...]',
    examples: [
      'model-gitops validate data/train.csv --suite expectations.json',
      'model-gitops validate "data/*.parquet" --save expectations.json',
      'model-gitops validate fraud',
    ],
    progress: 'scanning the data',
    define: (command) =>
      onInconclusiveOption(failOnOption(command))
        .option('--suite <file>', 'a Great Expectations suite, or a model.yaml with "data.expect"')
        .option('--save <file>', 'write the suite that the data suggests')
        .option('--table <name=data>', 'another table that expectations may name (repeatable)', pair)
        .option('--parse-dates <columns>', 'CSV columns to read as timestamps, a,b,c', list)
        .addOption(
          new Option('--result-format <format>', 'how much each result says').choices(resultFormats).default('SUMMARY'),
        )
        .option('--engine <engine>', 'duckdb'),
    load: async () => (await import('../verbs/validate.ts')).validate,
  },
  {
    name: 'features',
    group: 'Steps',
    summary: 'make the features of a model by its SQL, if anything changed',
    arguments: '[model...]',
    examples: ['model-gitops features fraud'],
    progress: 'making features',
    define: (command) => command.addOption(reuse('make them anew although nothing changed')),
    load: async () => (await import('../verbs/features.ts')).features,
  },
  {
    name: 'train',
    group: 'Steps',
    summary: 'train a model and record the run; what is the same is not trained again',
    arguments: '[model...]',
    examples: ['model-gitops train fraud', 'model-gitops train fraud --reuse never --seed 7'],
    progress: 'training',
    define: (command) =>
      storeOption(
        localOption(seedOption(command.addOption(reuse('train although nothing changed')), "over the model's own")),
      ),
    load: async () => (await import('../verbs/train.ts')).train,
  },
  {
    name: 'run',
    group: 'Steps',
    summary: 'run any command and record it as a run: code, locks, what it reported',
    arguments: '[command...]',
    examples: ['model-gitops run --out run.json -- python train.py --lr 0.1'],
    progress: 'running',
    define: (command) =>
      seedOption(command.usage('[options] -- <command>'), 'what it is told in MODEL_GITOPS_SEED')
        .option('--out <file>', 'write the document there too')
        .option('--data <name=path>', 'what it reads (repeatable)', pair)
        .option('--parameter <name=value>', 'what it is told, in MODEL_GITOPS_PARAMETERS (repeatable)', pair)
        .option('--artifact <path>', 'what it writes (repeatable); default: the model files that are new', repeated)
        .option('--metrics <file>', 'the figures that it writes; default: metrics.json, if it is new'),
    load: async () => (await import('../verbs/run.ts')).run,
  },
  {
    name: 'evaluate',
    group: 'Steps',
    summary: 'score a model, an ONNX file or predictions, and judge gates',
    arguments: '[model...]',
    examples: [
      'model-gitops evaluate fraud',
      'model-gitops evaluate --predictions preds.csv --task binary --target label --prediction y --score p',
      'model-gitops evaluate --model model.onnx --data test.csv --target label --gate "metrics.accuracy > 0.9"',
    ],
    progress: 'scoring',
    define: (command) =>
      readOptions(seedOption(onInconclusiveOption(failNeverOption(command))))
        .option('--predictions <data>', 'a table with predictions and the truth')
        .option('--model <file>', 'an ONNX file to run')
        .option('--data <data>', 'the table to run it on')
        .option('--target <column>', 'the truth; without it only predictions are made')
        .addOption(new Option('--task <task>', 'where it does not follow from the columns').choices(tasks))
        .option('--prediction <column>', 'predicted labels or amounts')
        .option('--score <column>', 'score of the positive label')
        .option('--scores <columns>', 'one column a label, in the order of the sorted labels', list)
        .option('--query <column>', 'what a ranking is of')
        .option('--positive <label>', 'default: the last sorted label')
        .option('--features <columns>', 'inputs of the model in order; default: every other column', list)
        .option('--predictions-out <file>', 'write the predictions as CSV')
        .option('--weight <column>', 'weight of each row')
        .option('--sensitive <columns>', 'compare these groups; a&b is an intersection', list)
        .option('--privileged <column=value>', 'the group to compare with (repeatable)', pair)
        .option('--slices <columns>', 'figures for each value of these', list)
        .option('--gate <condition>', 'what must hold, e.g. "metrics.accuracy > 0.9" (repeatable)', repeated)
        .option('--baseline <file>', 'an earlier evaluation; gates see it as baseline.metrics'),
    load: async () => (await import('../verbs/evaluate.ts')).evaluate,
  },
  {
    name: 'check',
    group: 'Steps',
    summary: 'all that a pull request is asked: data, features, training, gates',
    arguments: '[model...]',
    examples: ['model-gitops check', 'model-gitops check fraud --format markdown'],
    progress: 'checking',
    define: (command) => storeOption(localOption(seedOption(onInconclusiveOption(failOnOption(command))))),
    load: async () => (await import('../verbs/check.ts')).check,
  },
];

function reuse(never: string): Option {
  return new Option('--reuse <when>', `auto, or never: ${never}`).choices(['auto', 'never']);
}
