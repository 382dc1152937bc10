import type { Api } from '../api.ts';
import { appRoutes } from './apps.ts';
import { checkRoutes } from './checks.ts';
import { gitObjectRoutes } from './git-objects.ts';
import { refRoutes } from './refs.ts';
import { repositoryRoutes } from './repositories.ts';

/** Every area of the API, one file each. */
export const routes: readonly ((api: Api) => void)[] = [
  repositoryRoutes,
  refRoutes,
  gitObjectRoutes,
  appRoutes,
  checkRoutes,
];
