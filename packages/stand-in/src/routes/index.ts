import type { Api } from '../api.ts';
import { repositoryRoutes } from './repositories.ts';

/** Every area of the API, one file each. */
export const routes: readonly ((api: Api) => void)[] = [repositoryRoutes];
