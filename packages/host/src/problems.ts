import type { Problem } from '@model-gitops/lifecycle';

/** What the doors can refuse, in one table. */
export const hostProblems = {
  input: (name: string, value: string, why: string): Problem => ({
    code: 'input-invalid',
    message: `Input "${name}" is ${value === '' ? 'empty' : `"${value.slice(0, 80)}"`}: ${why}.`,
    remedy: `Set "${name}:" under "with:" of this step; the README of the action lists what it takes.`,
  }),
};
