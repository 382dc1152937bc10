import { expect, it } from 'vitest';
import { renderDocument } from './document-text.ts';

it('writes figures that JSON lacks as text', () => {
  const document = { a: Number.NaN, b: [Number.POSITIVE_INFINITY, -Infinity], c: 2n ** 60n, d: null, e: 0.5 };
  expect(JSON.parse(renderDocument(document))).toEqual({
    a: 'NaN',
    b: ['Infinity', '-Infinity'],
    c: '1152921504606846976',
    d: null,
    e: 0.5,
  });
});
