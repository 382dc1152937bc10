/** A map that forgets what was not asked for longest, once its weight is over the limit. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  set(key: string, value: Value): void;
}

export function boundedMap<Value>(limit: number, weigh: (value: Value) => number): BoundedMap<Value> {
  const values = new Map<string, Value>();
  let weight = 0;
  const drop = (key: string) => {
    const value = values.get(key);
    if (value !== undefined && values.delete(key)) weight -= weigh(value);
  };
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    has: (key) => values.has(key),
    set(key, value) {
      drop(key);
      values.set(key, value);
      weight += weigh(value);
      for (const oldest of values.keys()) {
        if (weight <= limit || oldest === key) break;
        drop(oldest);
      }
    },
  };
}
