import type { Actor } from '../actor.ts';

export type Resource = 'core' | 'graphql';

export interface Budget {
  readonly limit: number;
  readonly used: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
const mostCreatedAMinute = 80;
const mostCreatedAnHour = 500;
const mostPoints: Readonly<Record<Resource, number>> = { core: 900, graphql: 2000 };

/** Calls an hour. */
const limits: Readonly<Record<Actor['kind'], number>> = {
  anonymous: 60,
  user: 5000,
  workflow: 1000,
  installation: 5000,
  app: 5000,
};

/** A workflow's token shares with all others of its repository. */
const keyOf = ({ kind, login, repositories, installationId }: Actor, resource: Resource) =>
  `${resource} ${kind} ${kind === 'workflow' ? repositories?.join() : (installationId ?? login)}`;

interface Account {
  used: number;
  resetMs: number;
  /** Times of what was written, of the last hour. */
  created: number[];
  /** Times and points, of the last minute. */
  points: (readonly [number, number])[];
}

export interface Budgets {
  read(who: Actor, resource: Resource, now: Date): Budget;
  /** Seconds to wait for the secondary limits; null: not at all. */
  secondsToWait(who: Actor, resource: Resource, now: Date): number | null;
  spend(
    who: Actor,
    resource: Resource,
    now: Date,
    cost: { readonly calls: number; readonly points: number; readonly creates: boolean },
  ): void;
}

function secondsUntil(times: readonly number[], most: number, windowMs: number, nowMs: number): number | null {
  const within = times.filter((time) => time > nowMs - windowMs);
  const oldest = within[within.length - most];
  return oldest === undefined ? null : Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000));
}

/** GitHub's bookkeeping: calls of the hour, what was written in the last minute and hour, points of the last minute. */
export function createBudgets(): Budgets {
  const accounts = new Map<string, Account>();
  const open = (who: Actor, resource: Resource, nowMs: number): Account => {
    const key = keyOf(who, resource);
    const account = accounts.get(key) ?? { used: 0, resetMs: nowMs + hourMs, created: [], points: [] };
    accounts.set(key, account);
    if (account.resetMs <= nowMs) Object.assign(account, { used: 0, resetMs: nowMs + hourMs });
    account.created = account.created.filter((time) => time > nowMs - hourMs);
    account.points = account.points.filter(([time]) => time > nowMs - minuteMs);
    return account;
  };
  return {
    read(who, resource, now) {
      const { used, resetMs } = open(who, resource, now.getTime());
      return { limit: limits[who.kind], used, reset: Math.ceil(resetMs / 1000) };
    },
    secondsToWait(who, resource, now) {
      const { created, points } = open(who, resource, now.getTime());
      const nowMs = now.getTime();
      const spent = points.reduce((sum, [, count]) => sum + count, 0);
      const waits = [
        secondsUntil(created, mostCreatedAMinute, minuteMs, nowMs),
        secondsUntil(created, mostCreatedAnHour, hourMs, nowMs),
        spent >= mostPoints[resource] ? 60 : null,
      ].filter((wait) => wait !== null);
      return waits.length === 0 ? null : Math.max(...waits);
    },
    spend(who, resource, now, { calls, points, creates }) {
      const account = open(who, resource, now.getTime());
      account.used += calls;
      account.points.push([now.getTime(), points]);
      if (creates) account.created.push(now.getTime());
    },
  };
}
