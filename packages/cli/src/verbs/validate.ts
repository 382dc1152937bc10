import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  answerWith,
  describeTable,
  ProblemError,
  proposeSuite,
  type ValidateTableRequest,
  validateModels,
  validateTable,
} from '@model-gitops/lifecycle';
import { parseModelName } from '@model-gitops/registry';
import { openEngines } from '../engines.ts';
import { localFiles } from '../local-files.ts';
import { modelNames } from '../names.ts';
import { openRepository } from '../open-repository.ts';
import { cliProblems } from '../problems.ts';
import { choiceOption, listOption, pairsOption, textOption } from '../read-options.ts';
import { readSuite } from '../suite-file.ts';
import { tableArgument } from '../table-source.ts';
import type { Call, Options, Perform, VerbAnswer } from '../verb.ts';

const severities = ['critical', 'warning', 'info'] as const;
const formats = ['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE'] as const;

/** Options that only mean something for a table that is named. */
const tableOptions = { suite: 'suite', save: 'save', table: 'table', parseDates: 'parse-dates', engine: 'engine' };

/** A word that is on the disk is data; else one that reads like a model's name is one. */
async function isModel(word: string): Promise<boolean> {
  const found = await stat(word).catch(() => null);
  return found === null && word !== '-' && parseModelName(word).ok;
}

async function openTables({ options, input }: Call, data: string) {
  const parseDates = listOption(options, 'parseDates');
  const others = Object.entries(pairsOption(options, 'table'));
  const opened = others.map(async ([name, path]) => [name, await tableArgument(path, { input, parseDates })] as const);
  const table = await tableArgument(data, { input, parseDates });
  return { table, others: Object.fromEntries(await Promise.all(opened)) };
}

async function requestOf(call: Call, data: string): Promise<ValidateTableRequest> {
  const { options } = call;
  const engine = textOption(options, 'engine') ?? 'duckdb';
  if (engine !== 'duckdb') throw new ProblemError(cliProblems.engineOther(engine));
  const suite = textOption(options, 'suite');
  if (suite !== undefined && options.save !== undefined) throw new ProblemError(cliProblems.saveWithSuite());
  return {
    suite: suite === undefined ? null : await readSuite(suite),
    ...(await openTables(call, data)),
    resultFormat: choiceOption(options, 'resultFormat', formats) ?? 'SUMMARY',
    failOn: choiceOption(options, 'failOn', [...severities, 'never']) ?? 'critical',
  };
}

/** A column that is none is a typing error; with several tables it may be another one's. */
function checkDates(options: Options, { name, columns }: { name: string; columns: readonly { name: string }[] }): void {
  const known = columns.map((column) => column.name);
  const stray = listOption(options, 'parseDates').find((column) => !known.includes(column));
  if (stray !== undefined && options.table === undefined)
    throw new ProblemError(cliProblems.dateColumn(stray, name, known));
}

/** The file name without folder and ending. */
function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]*$/, '');
}

async function validateData(call: Call, data: string): Promise<VerbAnswer> {
  const request = await requestOf(call, data);
  const document = await validateTable(request, openEngines(call));
  checkDates(call.options, { name: request.table.name, columns: document.profile.columns });
  const save = textOption(call.options, 'save');
  if (save !== undefined) await localFiles.writeText(save, proposeSuite(stemOf(save), document.profile));
  return answerWith(document, (validated) => describeTable(validated, request.table.name));
}

function checkOptions(options: Options): void {
  const stray = Object.entries(tableOptions).find(([name]) => options[name] !== undefined);
  if (stray !== undefined) throw new ProblemError(cliProblems.dataWithout(stray[1]));
}

/** A table that is named, or the data of configured models. */
export const validate: Perform = async (call) => {
  const { arguments: words, options } = call;
  const areModels = (await Promise.all(words.map(isModel))).every((isOne) => isOne);
  const [data, ...others] = words;
  if (data !== undefined && !areModels) {
    if (others.length > 0) throw new ProblemError(cliProblems.tableTwice());
    return validateData(call, data);
  }
  checkOptions(options);
  const resultFormat = choiceOption(options, 'resultFormat', formats) ?? 'SUMMARY';
  const failOn = choiceOption(options, 'failOn', severities) ?? 'critical';
  return validateModels({ models: modelNames(words), resultFormat, failOn }, await openRepository(call));
};
