import type { App } from '../records/people.ts';
import type { State } from '../state.ts';

/** The account that an app acts as. */
export const botOf = ({ slug }: Pick<App, 'slug'>): string => `${slug}[bot]`;

export function findApp({ apps }: State, id: number | null): App | undefined {
  return apps.find((app) => app.id === id);
}
