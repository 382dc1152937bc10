import type { Narrator } from './narrator.ts';
import type { Scene } from './scene.ts';
import { playBrokenTable, playWorseModel } from './story-refusals.ts';
import { playList, playMerge, playPromote, playPull, playRegister, playShow, playVerify } from './story-registry.ts';
import { playEvaluate, playFeatures, playPush, playTrain, playValidate } from './story-training.ts';

export interface StoryStep {
  readonly name: string;
  /** What happens, before it happens. */
  readonly sentence: string;
  /** Plays the step, checks that it did its job, and answers what was checked. */
  readonly play: (scene: Scene, narrator: Narrator) => Promise<string>;
}

/** From data to a promoted model, and two refusals. The names of `--break` are found at `evaluate`, `validate` and `pull`. */
export const story: readonly StoryStep[] = [
  { name: 'push', sentence: 'Anna pushes the penguins model to her team’s repository.', play: playPush },
  { name: 'validate', sentence: 'The data is held to its expectations.', play: playValidate },
  { name: 'features', sentence: 'SQL makes features of the raw rows.', play: playFeatures },
  {
    name: 'train',
    sentence: 'Her own script trains, and everything that it was made from is recorded.',
    play: playTrain,
  },
  {
    name: 'evaluate',
    sentence: 'The model is scored on rows that it never saw, and its gates are judged.',
    play: playEvaluate,
  },
  { name: 'register', sentence: 'Its gates passed, so it becomes a version.', play: playRegister },
  { name: 'promote', sentence: 'The version is proposed for production.', play: playPromote },
  { name: 'merge', sentence: 'A person merges the proposal.', play: playMerge },
  { name: 'pull', sentence: 'A server fetches what production wants.', play: playPull },
  { name: 'ls', sentence: 'What is there?', play: playList },
  { name: 'show', sentence: 'What is it that runs in production?', play: playShow },
  { name: 'verify', sentence: 'Was anything changed outside the rules?', play: playVerify },
  { name: 'worse-model', sentence: 'Somebody trains on shuffled labels.', play: playWorseModel },
  { name: 'broken-table', sentence: 'Somebody adds rows that cannot be.', play: playBrokenTable },
];
