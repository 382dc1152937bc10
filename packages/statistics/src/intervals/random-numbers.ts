/** The next whole number from 0 to below `limit`. */
export type RandomIndex = (limit: number) => number;

/** Spreads a seed over 32 bits, so that seeds next to each other start far apart (splitmix32). */
function spread(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

/**
 * Numbers that look random and are the same for the same seed on every machine (sfc32). Not for secrets.
 * For limits below 2^32; each number is as likely as the others to within 2^-32.
 */
export function randomIndices(seed: number): RandomIndex {
  const next = spread(seed);
  let [a, b, c, counter] = [next(), next(), next(), 1];
  return (limit) => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return Math.floor(((mixed >>> 0) / 4294967296) * limit);
  };
}
