import type { Api } from '../api.ts';
import { graphqlRoute } from '../graphql/route.ts';
import { appRoutes } from './apps.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { gitObjectRoutes } from './git-objects.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { pullRoutes } from './pulls.ts';
import { reactionRoutes } from './reactions.ts';
import { refRoutes } from './refs.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewRoutes } from './reviews.ts';
import { statusRoutes } from './statuses.ts';

/** Every area of the API, one file each. */
export const routes: readonly ((api: Api) => void)[] = [
  graphqlRoute,
  repositoryRoutes,
  reviewRoutes,
  pullRoutes,
  refRoutes,
  gitObjectRoutes,
  appRoutes,
  checkRoutes,
  statusRoutes,
  reactionRoutes,
  labelRoutes,
  issueRoutes,
  commentRoutes,
];
