/** Designed with validate/: what an expectation needs to know of a table. */
export type Aggregate = { readonly kind: 'rows' };
export type Measured = unknown;
