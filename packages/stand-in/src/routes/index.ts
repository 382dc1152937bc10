import type { Api } from '../api.ts';
import { graphqlRoute } from '../graphql/route.ts';
import { activityRoutes } from './activity.ts';
import { appRoutes } from './apps.ts';
import { assetRoutes } from './assets.ts';
import { branchRoutes } from './branches.ts';
import { checkRoutes } from './checks.ts';
import { collaboratorRoutes } from './collaborators.ts';
import { commentRoutes } from './comments.ts';
import { commitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { dispatchRoutes } from './dispatches.ts';
import { gitHttpRoutes } from './git-http.ts';
import { gitObjectRoutes } from './git-objects.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { pullRoutes } from './pulls.ts';
import { reactionRoutes } from './reactions.ts';
import { refRoutes } from './refs.ts';
import { releaseRoutes } from './releases.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewRoutes } from './reviews.ts';
import { statusRoutes } from './statuses.ts';

/** Every area of the API, one file each. */
export const routes: readonly ((api: Api) => void)[] = [
  graphqlRoute,
  repositoryRoutes,
  branchRoutes,
  activityRoutes,
  collaboratorRoutes,
  gitHttpRoutes,
  commitRoutes,
  contentRoutes,
  reviewRoutes,
  pullRoutes,
  refRoutes,
  gitObjectRoutes,
  appRoutes,
  checkRoutes,
  releaseRoutes,
  dispatchRoutes,
  assetRoutes,
  statusRoutes,
  reactionRoutes,
  labelRoutes,
  issueRoutes,
  commentRoutes,
];
