import { expect, it } from 'vitest';
import { Refusal } from '../refusals.ts';
import { dispatchInputs, fillInputs } from './workflow-inputs.ts';

it('finds the trigger in each of its forms', () => {
  expect(dispatchInputs('on: workflow_dispatch')).toEqual(new Map());
  expect(dispatchInputs('on: [push, workflow_dispatch]')).toEqual(new Map());
  expect(dispatchInputs('on:\n  workflow_dispatch:\n')).toEqual(new Map());
  expect(dispatchInputs('on: push')).toBeNull();
  expect(dispatchInputs('name: empty')).toBeNull();
});

it('refuses what is no YAML', () => {
  expect(() => dispatchInputs('on: [')).toThrow(Refusal);
});

it('fills in defaults, and refuses what is missing, unknown or not among the choices', () => {
  const text = `on:
  workflow_dispatch:
    inputs:
      model: { required: true }
      size: { type: choice, options: [small, large], default: small }
      note: {}
`;
  const definitions = dispatchInputs(text);
  if (definitions === null) throw new Error('the trigger was not found');
  expect(fillInputs(definitions, { model: 'penguins' })).toEqual({ model: 'penguins', size: 'small' });
  for (const sent of [{}, { model: '' }, { model: 'a', other: 1 }, { model: 'a', size: 'huge' }])
    expect(() => fillInputs(definitions, sent)).toThrow(Refusal);
});
