import type { components } from '@octokit/openapi-types';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';

/** GitHub's own description of an answer. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export const fullName = ({ owner, name }: Repository): string => `${owner}/${name}`;
export const apiOf = ({ url }: Context): string => `${url}/api/v3`;
export const repositoryApi = (context: Context, repository: Repository): string =>
  `${apiOf(context)}/repos/${fullName(repository)}`;
export const repositoryPage = ({ url }: Context, repository: Repository): string => `${url}/${fullName(repository)}`;

/** GitHub's node ids are opaque: kind and id, in base64. */
export const nodeId = (kind: string, id: number | string): string => Buffer.from(`${kind}:${id}`).toString('base64url');
