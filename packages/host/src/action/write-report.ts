import { resolve } from 'node:path';
import * as core from '@actions/core';
import { type Answer, type Report, renderMarkdown } from '@model-gitops/lifecycle';
import { renderDocument } from '../document-text.ts';
import { workspaceAt } from '../workspace/workspace-at.ts';
import type { Environment } from './read-inputs.ts';
import { artifactName, hasWorkflowArtifacts, type ReportStore } from './upload-report.ts';

export interface WrittenReport {
  readonly folder: string;
  readonly reportPath: string;
  readonly resultPath: string;
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** What cannot be kept is a warning: the verdict stands without it. */
async function orWarning<Result>(what: string, work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (cause) {
    core.warning(`${what}: ${sentenceOf(cause)}`);
    return null;
  }
}

export interface ReportTexts {
  readonly markdown: string;
  readonly document: string;
}

export function reportTexts({ reports, document }: Answer, hide: (text: string) => string): ReportTexts {
  return { markdown: hide(renderMarkdown(reports)), document: hide(renderDocument(document)) };
}

/** The report for people and the document for machines, in the workspace where later steps may read them; null, and a warning, where that fails. */
export async function writeReport(
  name: string,
  { markdown, document }: ReportTexts,
  workingFolder: string,
): Promise<WrittenReport | null> {
  const folder = '.model-gitops/reports';
  const workspace = workspaceAt(workingFolder);
  return orWarning('The report was not written into the workspace', async () => {
    await workspace.writeText(`${folder}/${name}.md`, markdown);
    await workspace.writeText(`${folder}/${name}.json`, document);
    const place = resolve(workingFolder, folder);
    return { folder: place, reportPath: resolve(place, `${name}.md`), resultPath: resolve(place, `${name}.json`) };
  });
}

/** A step's summary may have 1 MiB; more is refused as a whole. */
const summaryBytes = 1_000_000;

function fittingMarkdown(reports: readonly Report[]): string {
  let budget = 900_000;
  let markdown = renderMarkdown(reports, budget);
  while (Buffer.byteLength(markdown) > summaryBytes && budget > 1000) {
    budget = Math.floor(budget / 2);
    markdown = renderMarkdown(reports, budget);
  }
  return markdown;
}

export async function writeSummary(
  reports: readonly Report[],
  hide: (text: string) => string,
  { GITHUB_STEP_SUMMARY: path }: Environment,
): Promise<void> {
  if (!path) return;
  const markdown = hide(fittingMarkdown(reports));
  await orWarning('The summary of this step was not written', () => core.summary.addRaw(markdown, true).write());
}

/** Keeps the report as an artifact of the run. */
export async function keepReport(
  name: string,
  { folder, reportPath, resultPath }: WrittenReport,
  { environment, store, text }: { environment: Environment; store: ReportStore; text: string },
): Promise<void> {
  if (!hasWorkflowArtifacts(environment)) return;
  await orWarning(`The report was not kept as an artifact of this run; it is in ${reportPath} and in the summary`, () =>
    store.keep(artifactName(name, text, environment), [reportPath, resultPath], folder),
  );
}
