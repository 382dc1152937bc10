/** Every time that the stand-in writes comes from here: the machine's, moved on by what a test advanced. */
export interface Clock {
  now(): Date;
  advance(milliseconds: number): void;
}

export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}
