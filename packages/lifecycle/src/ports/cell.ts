/**
 * A cell: bigint only beyond 2^53; dates as `2024-01-31`, timestamps as `2024-01-31T10:00:00` (with microseconds only
 * where there are any, in UTC without a zone); nested values as JSON; null when missing. NaN and infinities are numbers.
 */
export type Cell = number | bigint | string | boolean | null;
