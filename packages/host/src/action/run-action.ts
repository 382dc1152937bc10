import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import {
  type Answer,
  describeProblems,
  type ProblemError,
  plainText,
  type Report,
  renderMarkdown,
} from '@model-gitops/lifecycle';
import type { z } from 'zod';
import { type ExitCode, exitCodeOf, isProblem } from '../exit-code.ts';
import { writeAnnotations } from './annotations.ts';
import { foreignOutput } from './foreign-output.ts';
import { type Environment, readInputs } from './read-inputs.ts';
import { artifactName, hasWorkflowArtifacts, type ReportStore, workflowArtifacts } from './upload-report.ts';

/** What an action gets besides its inputs. */
export interface ActionDoor {
  /** The checkout: GITHUB_WORKSPACE, then `working-directory`. */
  readonly folder: string;
  readonly environment: Environment;
  /** The payload of the event that started the workflow; empty where there is none. */
  readonly event: Readonly<Record<string, unknown>>;
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

async function readEvent({ GITHUB_EVENT_PATH: path }: Environment): Promise<Readonly<Record<string, unknown>>> {
  const text = path === undefined || path === '' ? '{}' : await readFile(path, 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

function problemAnswer(thrown: ProblemError): Answer {
  const report = describeProblems(thrown.problems);
  const document = { schema: 'model-gitops/problem/1', outcome: 'problem', problems: thrown.problems };
  return { document, reports: [report], outcome: 'problem', problemKind: thrown.kind };
}

interface Written {
  readonly reportPath: string;
  readonly resultPath: string;
  readonly markdown: string;
}

/** The report for people and the document for machines, in the workspace where later steps may read them. */
async function writeReport(name: string, { reports, document }: Answer, folder: string): Promise<Written> {
  const reportFolder = join(folder, '.model-gitops', 'reports');
  const markdown = renderMarkdown(reports);
  const reportPath = join(reportFolder, `${name}.md`);
  const resultPath = join(reportFolder, `${name}.json`);
  await mkdir(reportFolder, { recursive: true });
  await writeFile(reportPath, markdown);
  await writeFile(resultPath, `${JSON.stringify(document, null, 2)}\n`);
  return { reportPath, resultPath, markdown };
}

async function writeSummary(markdown: string, { GITHUB_STEP_SUMMARY: path }: Environment): Promise<void> {
  if (path) await core.summary.addRaw(markdown, true).write();
}

async function keepReport(
  name: string,
  { reportPath, resultPath, markdown }: Written,
  environment: Environment,
  store: ReportStore,
) {
  if (!hasWorkflowArtifacts(environment)) return;
  try {
    await store.keep(artifactName(name, markdown, environment), [reportPath, resultPath], join(reportPath, '..'));
  } catch (cause) {
    core.warning(
      `The report was not kept as an artifact of this run: ${cause instanceof Error ? cause.message : cause}. It is in ${reportPath} and in the summary.`,
    );
  }
}

/** What the verdict does to the job: `fail-on: never` and `on-inconclusive: pass` make it green, with a warning. */
function exitOf({ outcome, problemKind }: Answer, inputs: SharedInputs | null): ExitCode {
  const code = exitCodeOf(outcome, problemKind);
  if (outcome === 'fail' && inputs?.['fail-on'] === 'never') return 0;
  return outcome === 'inconclusive' && inputs?.['on-inconclusive'] === 'pass' ? 0 : code;
}

function summaryLine(reports: readonly Report[]): string {
  return reports.map(({ headline }) => plainText(headline)).join('; ');
}

async function answerOf<Shape extends z.core.$ZodLooseShape>(
  action: Action<Shape>,
  door: Omit<ActionDoor, 'onLine' | 'folder'>,
) {
  const root = door.environment.GITHUB_WORKSPACE || process.cwd();
  const output = foreignOutput((text) => process.stdout.write(text));
  let shared: SharedInputs | null = null;
  let folder = root;
  try {
    const inputs = readInputs(action.inputs, door.environment);
    shared = inputs as unknown as SharedInputs;
    folder = resolve(root, shared['working-directory']);
    return { shared, folder, answer: await action.perform(inputs, { ...door, folder, onLine: output.onLine }) };
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown;
    return { shared, folder, answer: problemAnswer(thrown as ProblemError) };
  } finally {
    output.close();
  }
}

async function tell<Shape extends z.core.$ZodLooseShape>(
  action: Action<Shape>,
  environment: Environment,
  store: ReportStore,
): Promise<ExitCode> {
  const { answer, shared, folder } = await answerOf(action, { environment, event: await readEvent(environment) });
  const written = await writeReport(action.name, answer, folder);
  const summary = summaryLine(answer.reports);
  const own = action.outputs?.(answer) ?? {};
  const outputs = {
    outcome: answer.outcome,
    summary,
    'report-path': written.reportPath,
    result: written.resultPath,
    ...own,
  };
  if (environment.GITHUB_OUTPUT) for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  await writeSummary(written.markdown, environment);
  const code = exitOf(answer, shared);
  writeAnnotations(
    answer.reports.flatMap(({ annotations }) => annotations),
    core,
  );
  if (code === 0 && answer.outcome !== 'pass') core.warning(summary);
  if (shared?.['upload-report'] === true) await keepReport(action.name, written, environment, store);
  core.info(summary);
  return code;
}

/**
 * Runs an action: inputs from the runner's environment, verdict to outputs, annotations, job summary, report files and
 * exit code. A problem is told with its remedy and no stack; anything else that is thrown is our defect and keeps its stack.
 */
export async function runAction<Shape extends z.core.$ZodLooseShape>(
  action: Action<Shape>,
  { environment = process.env, store = workflowArtifacts() }: { environment?: Environment; store?: ReportStore } = {},
): Promise<void> {
  const token = environment['INPUT_GITHUB-TOKEN'] ?? '';
  if (token !== '') core.setSecret(token);
  try {
    process.exitCode = await tell(action, environment, store);
  } catch (defect) {
    const stack = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
    core.error(`A defect of ${action.name}, not of your workflow. Please report it with these lines:\n${stack}`, {
      title: 'defect',
    });
    process.exitCode = 4;
  }
}
