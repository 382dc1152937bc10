import { ProblemError } from '@model-gitops/lifecycle';
import { testHost } from '../../../lifecycle/src/testing/registry-world.ts';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { ForgeFailure } from '../octokit/forge-failure.ts';

type Parameters = Readonly<Record<string, unknown>>;

export interface Answering {
  readonly client: ForgeClient;
  /** Routes and queries by name, in order. */
  readonly asked: string[];
}

const missing = () =>
  new ProblemError(
    { code: 'forge-not-found', message: 'Not there.', remedy: 'Look.' },
    { cause: new ForgeFailure('not-found', { status: 404 }) },
  );

/** A client that answers from a function: data, or undefined for what is not there. A list that is longer than a page has a link to the next. */
export function answeringClient(answer: (what: string, parameters: Parameters) => unknown): Answering {
  const asked: string[] = [];
  const request = async (route: string, parameters: Parameters = {}) => {
    asked.push(route);
    const whole = answer(route, parameters);
    if (whole === undefined) throw missing();
    const page = Number(parameters.page ?? 1);
    const data = Array.isArray(whole) && 'page' in parameters ? whole.slice((page - 1) * 100, page * 100) : whole;
    const isMore = Array.isArray(whole) && 'page' in parameters && whole.length > page * 100;
    return { status: 200, headers: isMore ? { link: '<https://next>; rel="next"' } : {}, data };
  };
  const graphql = async (query: string, variables: Parameters = {}) => {
    const name = /\w+ (\w+)/.exec(query)?.[1] ?? '';
    asked.push(name);
    return answer(name, variables);
  };
  const client = { repository: { owner: 'acme', name: 'penguins' }, host: testHost(), request, graphql };
  return { client: client as unknown as ForgeClient, asked };
}
