/** How a result is told on standard output. */
export const formats = ['text', 'json', 'markdown', 'junit'] as const;
export type Format = (typeof formats)[number];
