import type { Fields } from '../query.ts';
import { runFields, suiteFields } from './checks.ts';
import { commitFields, pullRequestCommitFields, signatureFields } from './commit.ts';
import { gitActorFields } from './git-actor.ts';
import { blobFields, entryFields, tagFields, treeFields } from './git-objects.ts';
import { accountFields } from './people.ts';
import { pullRequestFields } from './pull-request.ts';
import { refFields } from './refs.ts';
import { repositoryFields } from './repository.ts';
import { commentFields, reviewFields } from './reviews.ts';
import { mutationFields, queryFields } from './roots.ts';
import { contextFields, rollupFields, statusFields } from './statuses.ts';

/** The fields that the stand-in answers, by GitHub's names of types. */
export const fieldsOfTypes: Readonly<Record<string, Fields<never>>> = {
  Query: queryFields,
  Mutation: mutationFields,
  Repository: repositoryFields,
  Ref: refFields,
  Commit: commitFields,
  Tree: treeFields,
  TreeEntry: entryFields,
  Blob: blobFields,
  Tag: tagFields,
  GitActor: gitActorFields,
  GpgSignature: signatureFields,
  User: accountFields,
  Bot: accountFields,
  Organization: accountFields,
  PullRequest: pullRequestFields,
  PullRequestCommit: pullRequestCommitFields,
  PullRequestReview: reviewFields,
  IssueComment: commentFields,
  CheckSuite: suiteFields,
  CheckRun: runFields,
  Status: statusFields,
  StatusContext: contextFields,
  StatusCheckRollup: rollupFields,
};
