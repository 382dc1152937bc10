import { failOn, onInconclusive, optionalText, requiredText, yesOrNo } from '@model-gitops/host';
import type { z } from 'zod';

/** The inputs that every action has, by the same names and with the same meaning. */
export const sharedInputs = {
  'working-directory': requiredText,
  store: optionalText,
  'fail-on': failOn,
  'on-inconclusive': onInconclusive,
  'upload-report': yesOrNo,
  'github-token': optionalText,
} as const;

export type SharedInputs = { readonly [Name in keyof typeof sharedInputs]: z.infer<(typeof sharedInputs)[Name]> };
