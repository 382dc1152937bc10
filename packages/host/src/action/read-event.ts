import { readFile } from 'node:fs/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { hostProblems } from '../problems.ts';
import type { Environment } from './read-inputs.ts';

export type WorkflowEvent = Readonly<Record<string, unknown>>;

function eventOf(text: string): WorkflowEvent {
  const event: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  if (typeof event === 'object' && event !== null && !Array.isArray(event)) return event as WorkflowEvent;
  throw new Error('it is no JSON object');
}

/** The payload of the event that started the workflow; empty where there is none. Problem `event-unreadable` (could-not-run): guessing at it could take a fork's pull request for our own. */
export async function readEvent({ GITHUB_EVENT_PATH: path }: Environment): Promise<WorkflowEvent> {
  if (path === undefined || path === '') return {};
  try {
    return eventOf(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ProblemError(hostProblems.event(cause), { kind: 'could-not-run', cause });
  }
}
