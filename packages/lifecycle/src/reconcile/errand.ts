import type { Account, ObjectId } from '../ports/index.ts';

/** Where something happened. What is to be done there is read from the repository, never from whoever tells. */
export type Errand =
  | { readonly kind: 'repository' }
  | {
      readonly kind: 'pull-request';
      readonly number: number;
      /** Head of a merge group that holds it, which needs the check as well. */
      readonly postOn: ObjectId | null;
    }
  | {
      readonly kind: 'comment';
      readonly number: number;
      readonly commentId: number;
      readonly author: Account;
      readonly body: string;
    };
