import { z } from 'zod';
import { longestBody } from '../pulls/create.ts';

/** Body of an issue or a comment: as long as a pull request's may be. */
export const bodyText = z.string().max(longestBody, `body is too long (maximum is ${longestBody} characters)`);
