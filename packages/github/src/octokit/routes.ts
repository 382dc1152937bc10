import type { paths } from '@octokit/openapi-types';

type Operation<Route extends string> = Route extends `${infer Method} ${infer Path}`
  ? Path extends keyof paths
    ? Lowercase<Method> extends keyof paths[Path]
      ? paths[Path][Lowercase<Method>]
      : never
    : never
  : never;

type Success<Answers> = {
  [Status in keyof Answers]: Status extends 200 | 201 | 202 | 204
    ? Answers[Status] extends { content: { 'application/json': infer Data } }
      ? Data
      : undefined
    : never;
}[keyof Answers];

/** What GitHub's description says that a route answers; unknown where it does not know the route. */
export type ForgeData<Route extends string> = [Operation<Route>] extends [never]
  ? unknown
  : Operation<Route> extends { responses: infer Answers }
    ? Success<Answers>
    : unknown;
