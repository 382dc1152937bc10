import { z } from 'zod';
import { type Context, timeOf } from '../context.ts';
import type { Annotation, CheckRun } from '../records/checks.ts';
import type { Repository } from '../records/repositories.ts';
import { refusals } from '../refusals.ts';
import { nextId } from '../state.ts';
import { checkRunView } from '../views/check-run.ts';
import { judgeSuite } from './judge-suite.ts';
import { type SuiteKey, suiteFor, tellSuite } from './suites.ts';

const longestText = 65_535;
const mostAnnotations = 50;

const text = z.string().max(longestText, `is longer than ${longestText} characters`);
const annotation = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().nullable().default(null),
  raw_details: z.string().nullable().default(null),
  start_column: z.number().int().nullable().default(null),
  end_column: z.number().int().nullable().default(null),
});
const conclusion = z.enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required']);

/** What both ways to write a check run take. */
const written = z.object({
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  conclusion: conclusion.optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: text,
      text: text.optional(),
      annotations: z.array(annotation).max(mostAnnotations, `takes ${mostAnnotations} a request`).default([]),
    })
    .optional(),
});
export const newCheckRun = written.extend({ name: z.string().min(1), head_sha: z.string() });
export const changedCheckRun = written.extend({ name: z.string().min(1).optional() });
type Written = z.infer<typeof changedCheckRun>;

function outputOf({ output }: Written, before: readonly Annotation[]) {
  if (output === undefined) return {};
  const { title, summary, text: more, annotations } = output;
  return {
    title: title ?? null,
    summary,
    ...(more === undefined ? {} : { text: more }),
    annotations: [...before, ...annotations],
  };
}

/** A conclusion completes; to be complete takes one. */
function progressOf(context: Context, given: Written, before: Pick<CheckRun, 'status'>): Partial<CheckRun> {
  const status = given.conclusion === undefined ? (given.status ?? before.status) : 'completed';
  if (status !== 'completed') return { status, conclusion: null, completedAt: null };
  if (given.conclusion === undefined && before.status !== 'completed') throw refusals.missing('CheckRun', 'conclusion');
  if (given.conclusion === undefined) return {};
  return { status, conclusion: given.conclusion, completedAt: given.completed_at ?? timeOf(context) };
}

function changesOf(context: Context, given: Written, run: CheckRun): Partial<CheckRun> {
  return {
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.details_url === undefined ? {} : { detailsUrl: given.details_url }),
    ...(given.external_id === undefined ? {} : { externalId: given.external_id }),
    ...(given.started_at === undefined ? {} : { startedAt: given.started_at }),
    ...progressOf(context, given, run),
    ...outputOf(given, run.annotations),
  };
}

interface Told {
  readonly action: 'created' | 'completed' | 'rerequested';
  readonly sender: string;
}

export function tellRun(context: Context, repository: Repository, run: CheckRun, { action, sender }: Told): void {
  const payload = { action, check_run: checkRunView(context, repository, run) };
  const only = action === 'rerequested' ? { onlyApp: run.appId } : {};
  context.emit({ name: 'check_run', action, repository, sender, payload, ...only });
}

async function tellCompleted(context: Context, repository: Repository, run: CheckRun, sender: string): Promise<void> {
  tellRun(context, repository, run, { action: 'completed', sender });
  const suite = context.state.checkSuites.find(({ id }) => id === run.suite);
  if (suite === undefined || judgeSuite(context.state, suite).status !== 'completed') return;
  suite.updatedAt = timeOf(context);
  await tellSuite(context, repository, suite, { action: 'completed', sender });
}

export async function createCheckRun(
  context: Context,
  key: SuiteKey,
  given: z.infer<typeof newCheckRun>,
  sender: string,
): Promise<CheckRun> {
  const { suite } = suiteFor(context, key);
  const { repository, appId, head } = key;
  const run: CheckRun = {
    id: nextId(context.state),
    suite: suite.id,
    repository: repository.id,
    appId,
    head,
    name: given.name,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: null,
    startedAt: timeOf(context),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  Object.assign(run, changesOf(context, given, run));
  context.state.checkRuns.push(run);
  tellRun(context, repository, run, { action: 'created', sender });
  if (run.status === 'completed') await tellCompleted(context, repository, run, sender);
  return run;
}

export async function changeCheckRun(
  context: Context,
  repository: Repository,
  run: CheckRun,
  { given, sender }: { readonly given: Written; readonly sender: string },
): Promise<void> {
  const before = run.status;
  Object.assign(run, changesOf(context, given, run));
  if (run.status === 'completed' && before !== 'completed') await tellCompleted(context, repository, run, sender);
}
