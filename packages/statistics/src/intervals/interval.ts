/** Where the true figure plausibly lies, given so many rows. */
export interface ConfidenceInterval {
  readonly level: number;
  readonly low: number;
  readonly high: number;
  readonly method: string;
}

/** Standard deviations that hold the middle 95 % of a normal distribution. */
export const normalBound = 1.959963984540054;
export const confidenceLevel = 0.95;
