import type { Narrator } from './narrator.ts';
import type { Scene } from './scene.ts';
import { playFork } from './story-fork.ts';
import { playMoveOn, playNewer } from './story-newer.ts';
import { playApproval, playMerge, playOwnApproval, playPromotion, playPull } from './story-promotion.ts';
import { playBrokenTable, playWorseModel } from './story-refusals.ts';
import {
  playHistory,
  playList,
  playMergeCode,
  playRegister,
  playShow,
  playStaging,
  playVerify,
} from './story-registry.ts';
import { playEvaluate, playFeatures, playPropose, playPush, playTrain, playValidate } from './story-training.ts';

export interface StoryStep {
  readonly name: string;
  /** What happens, before it happens. */
  readonly sentence: string;
  /** Plays the step, checks that it did its job, and answers what was checked. */
  readonly play: (scene: Scene, narrator: Narrator) => Promise<string>;
}

/**
 * From data to a promoted model, what strangers and newer versions do, and two refusals. The names of `--break` are found
 * at `validate`, `evaluate`, `merge` (four-eyes, stale), `pull` (digest, tamper) and `fork`.
 */
export const story: readonly StoryStep[] = [
  { name: 'push', sentence: 'Anna’s team has a repository with data on GitHub, and the app.', play: playPush },
  { name: 'propose', sentence: 'Anna opens a pull request: a model, and the workflow for it.', play: playPropose },
  { name: 'validate', sentence: 'The data is held to its expectations.', play: playValidate },
  { name: 'features', sentence: 'SQL makes features of the raw rows.', play: playFeatures },
  { name: 'train', sentence: 'Her script trains, and what it was made from is recorded.', play: playTrain },
  { name: 'evaluate', sentence: 'Scored on rows that it never saw, judged, told in one comment.', play: playEvaluate },
  { name: 'merge-code', sentence: 'Ben merges her change.', play: playMergeCode },
  { name: 'register', sentence: 'Its gates passed, so the run on main makes it a version.', play: playRegister },
  { name: 'staging', sentence: 'Staging asks nobody.', play: playStaging },
  { name: 'promotion', sentence: 'Production asks people: the app opens a pull request.', play: playPromotion },
  { name: 'own-approval', sentence: 'Anna approves what she made herself.', play: playOwnApproval },
  { name: 'approval', sentence: 'Ben looks at it too.', play: playApproval },
  { name: 'merge', sentence: 'Ben merges it.', play: playMerge },
  { name: 'pull', sentence: 'A server fetches what production wants.', play: playPull },
  { name: 'ls', sentence: 'What is there?', play: playList },
  { name: 'show', sentence: 'What is it that runs in production?', play: playShow },
  { name: 'history', sentence: 'Who let it in?', play: playHistory },
  { name: 'verify', sentence: 'Was anything changed outside the rules?', play: playVerify },
  { name: 'fork', sentence: 'Mallory, a stranger, proposes a pointer of her own.', play: playFork },
  { name: 'newer', sentence: 'Anna adds a feature: the next version is proposed.', play: playNewer },
  { name: 'move-on', sentence: 'Before anybody looks there is a newer one.', play: playMoveOn },
  { name: 'worse-model', sentence: 'Somebody trains on shuffled labels.', play: playWorseModel },
  { name: 'broken-table', sentence: 'Somebody adds rows that cannot be.', play: playBrokenTable },
];
