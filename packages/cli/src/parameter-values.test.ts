import { expect, it } from 'vitest';
import { parameterValue } from './parameter-values.ts';

it.each([
  ['0.5', 0.5],
  ['-3', -3],
  ['1e-3', 0.001],
  ['.5', 0.5],
  ['true', true],
  ['false', false],
  ['True', 'True'],
  ['1e999', '1e999'],
  ['0x10', '0x10'],
  ['1 2', '1 2'],
  ['adam', 'adam'],
])('reads %j as YAML would', (text, value) => {
  expect(parameterValue(text)).toBe(value);
});
