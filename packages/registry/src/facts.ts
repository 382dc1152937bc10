import type { LedgerEvent } from './events.ts';
import type { FormatProblem } from './parsed.ts';
import type { VersionRecord } from './record.ts';

/** A tag of a version as it was found. */
export interface TaggedVersion {
  readonly model: string;
  readonly version: string;
  readonly tag: string;
  /** The tag object itself. */
  readonly object: string;
  readonly target: string;
  /** When it was registered: the tagger's date. */
  readonly at: string;
  /** null for a tag that somebody else made (GTO, by hand): its number is taken, it is no version of ours. */
  readonly record: VersionRecord | null;
  readonly problems: readonly FormatProblem[];
}

/** A commit of the default branch's first-parent history that changed one file of the registry folder. */
export interface FileChange {
  readonly model: string;
  /** The file's name without `.yaml`: an environment, or `archived`. */
  readonly environment: string;
  readonly path: string;
  readonly commit: string;
  readonly parents: readonly string[];
  readonly at: string;
  readonly author: string;
  /** Text after the change; null where it was deleted. */
  readonly text: string | null;
}

/** The three sources that everything is folded from. `files` newest first, in the order in which the branch moved. */
export interface RegistryFacts {
  readonly versions: readonly TaggedVersion[];
  readonly files: readonly FileChange[];
  readonly events: readonly LedgerEvent[];
}

/** The facts as they stood at a moment (UTC). */
export function factsUntil(facts: RegistryFacts, time: string): RegistryFacts {
  const moment = Date.parse(time);
  const isKnown = (fact: { readonly at: string }) => Date.parse(fact.at) <= moment;
  return {
    versions: facts.versions.filter(isKnown),
    files: facts.files.filter(isKnown),
    events: facts.events.filter(isKnown),
  };
}
