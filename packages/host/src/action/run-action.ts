import * as core from '@actions/core';
import { type Answer, answerWithProblem, type ProblemError, plainText } from '@model-gitops/lifecycle';
import type { z } from 'zod';
import { type ExitCode, exitCodeOf, isProblem } from '../exit-code.ts';
import { writeAnnotations } from './annotations.ts';
import { foreignOutput } from './foreign-output.ts';
import { tokenHider } from './hide-tokens.ts';
import { readEvent, type WorkflowEvent } from './read-event.ts';
import { type Environment, readInputs } from './read-inputs.ts';
import { type ReportStore, workflowArtifacts } from './upload-report.ts';
import { workingFolder } from './working-folder.ts';
import { keepReport, reportTexts, type WrittenReport, writeReport, writeSummary } from './write-report.ts';

/** What an action gets besides its inputs. */
export interface ActionDoor {
  /** The checkout: GITHUB_WORKSPACE, then `working-directory`. */
  readonly folder: string;
  readonly environment: Environment;
  /** The payload of the event that started the workflow; empty where there is none. */
  readonly event: WorkflowEvent;
  /** A line of a command that is not ours: shown, and never obeyed as a workflow command. */
  readonly onLine: (line: string) => void;
}

/** Every action has these inputs. */
interface SharedInputs {
  readonly 'working-directory': string;
  readonly 'fail-on': 'critical' | 'warning' | 'info' | 'never';
  readonly 'on-inconclusive': 'fail' | 'pass';
  readonly 'upload-report': boolean;
}

export interface Action<Shape extends z.core.$ZodLooseShape> {
  readonly name: string;
  readonly inputs: z.ZodObject<Shape>;
  readonly perform: (inputs: z.infer<z.ZodObject<Shape>>, door: ActionDoor) => Promise<Answer>;
  /** Outputs besides `outcome`, `summary`, `report-path` and `result`. */
  readonly outputs?: (answer: Answer) => Readonly<Record<string, string>>;
}

interface Answered {
  readonly answer: Answer;
  /** null where the inputs could not be read. */
  readonly shared: SharedInputs | null;
  readonly folder: string;
}

/** What the verdict does to the job: `fail-on: never` and `on-inconclusive: pass` make it green, with a warning. */
function exitOf({ outcome, problemKind }: Answer, inputs: SharedInputs | null): ExitCode {
  if (outcome === 'fail' && inputs?.['fail-on'] === 'never') return 0;
  if (outcome === 'inconclusive' && inputs?.['on-inconclusive'] === 'pass') return 0;
  return exitCodeOf(outcome, problemKind);
}

/** One line of plain words: what people or data wrote must not start a line, where the runner would obey it. */
function summaryLine({ reports }: Answer): string {
  return reports.map(({ headline }) => plainText(headline).replace(/\s+/g, ' ')).join('; ');
}

async function answerOf<Shape extends z.core.$ZodLooseShape>(
  action: Action<Shape>,
  environment: Environment,
): Promise<Answered> {
  const root = environment.GITHUB_WORKSPACE || process.cwd();
  const output = foreignOutput((text) => process.stdout.write(text));
  let shared: SharedInputs | null = null;
  let folder = root;
  try {
    const inputs = readInputs(action.inputs, environment);
    shared = inputs as unknown as SharedInputs;
    folder = await workingFolder(root, shared['working-directory']);
    const event = await readEvent(environment);
    return {
      shared,
      folder,
      answer: await action.perform(inputs, { folder, environment, event, onLine: output.onLine }),
    };
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown;
    return { shared, folder, answer: answerWithProblem(thrown as ProblemError) };
  } finally {
    output.close();
  }
}

function setOutputs(
  outputs: Readonly<Record<string, string>>,
  hide: (text: string) => string,
  { GITHUB_OUTPUT: path }: Environment,
): void {
  if (path) for (const [name, value] of Object.entries(outputs)) core.setOutput(name, hide(value));
}

function outputsOf(answer: Answer, written: WrittenReport | null): Record<string, string> {
  return {
    outcome: answer.outcome,
    summary: summaryLine(answer),
    'report-path': written?.reportPath ?? '',
    result: written?.resultPath ?? '',
  };
}

function annotate(answer: Answer, code: ExitCode, hide: (text: string) => string): void {
  const annotations = answer.reports.flatMap((report) => report.annotations);
  const clean = annotations.map((one) => ({ ...one, message: hide(one.message), title: hide(one.title) }));
  writeAnnotations(clean, core);
  if (code === 0 && answer.outcome !== 'pass') core.warning(hide(summaryLine(answer)));
}

async function tell<Shape extends z.core.$ZodLooseShape>(
  action: Action<Shape>,
  environment: Environment,
  store: ReportStore,
): Promise<ExitCode> {
  const hide = tokenHider(environment);
  const { answer, shared, folder } = await answerOf(action, environment);
  const texts = reportTexts(answer, hide);
  const written = await writeReport(action.name, texts, folder);
  setOutputs({ ...outputsOf(answer, written), ...action.outputs?.(answer) }, hide, environment);
  await writeSummary(answer.reports, hide, environment);
  const code = exitOf(answer, shared);
  annotate(answer, code, hide);
  if (written !== null && shared?.['upload-report'] === true)
    await keepReport(action.name, written, { environment, store, text: texts.document });
  core.info(`${action.name}: ${hide(summaryLine(answer))}`);
  return code;
}

function maskTokens(environment: Environment): void {
  for (const [name, value] of Object.entries(environment))
    if (/^INPUT_.*TOKEN$/i.test(name) && value !== undefined && value.trim() !== '') core.setSecret(value.trim());
}

function tellDefect(name: string, defect: unknown, environment: Environment): void {
  const stack = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
  const words = `A defect of ${name}, not of your workflow. Please report it with these lines:\n${stack}`;
  core.error(tokenHider(environment)(words), { title: 'defect' });
}

/**
 * Runs an action: inputs from the runner's environment, verdict to outputs, annotations, job summary, report files and
 * exit code. A problem is told with its remedy and no stack; anything else that is thrown is our defect and keeps its stack.
 */
export async function runAction<Shape extends z.core.$ZodLooseShape>(
  action: Action<Shape>,
  { environment = process.env, store = workflowArtifacts() }: { environment?: Environment; store?: ReportStore } = {},
): Promise<void> {
  maskTokens(environment);
  try {
    process.exitCode = await tell(action, environment, store);
  } catch (defect) {
    tellDefect(action.name, defect, environment);
    process.exitCode = 4;
  }
}
