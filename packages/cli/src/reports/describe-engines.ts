import type { EngineFacts, InstalledEngine, PackedEngines } from '@model-gitops/host';
import type { Report, Sentence } from '@model-gitops/lifecycle';

/** Verbs `engines list`, `engines install`, `engines pack`. */
export type EnginesDocument =
  | {
      readonly schema: 'model-gitops/engines-list/1';
      readonly outcome: 'pass';
      readonly engines: readonly EngineFacts[];
    }
  | {
      readonly schema: 'model-gitops/engines-install/1';
      readonly outcome: 'pass';
      readonly engines: readonly InstalledEngine[];
    }
  | ({ readonly schema: 'model-gitops/engines-pack/1'; readonly outcome: 'pass' } & PackedEngines);

function placeOf({ installed, folder }: EngineFacts): string {
  if (installed === null) return 'not installed';
  return installed === 'beside' ? 'beside model-gitops' : folder;
}

function tell(headline: Sentence, titles: readonly string[], rows: readonly (readonly Sentence[])[]): Report {
  const table = { kind: 'table', columns: titles.map((title) => ({ title })), rows } as const;
  return { outcome: 'pass', headline, blocks: [table], cases: [], annotations: [] };
}

export function describeEngines(document: EnginesDocument): Report {
  switch (document.schema) {
    case 'model-gitops/engines-list/1':
      return tell(
        'Engines of this version',
        ['', 'Engine', 'Version', 'Platform', 'Where'],
        document.engines.map((engine) => [
          { mark: engine.installed === null ? 'not-applicable' : 'pass' },
          { strong: engine.name },
          engine.version,
          engine.platform,
          placeOf(engine),
        ]),
      );
    case 'model-gitops/engines-install/1':
      return tell(
        [{ mark: 'pass' }, ' Installed'],
        ['Engine', 'Version', '', 'Where'],
        document.engines.map(({ name, version, isNew, folder }) => [
          { strong: name },
          version,
          isNew ? 'new' : 'was there',
          { code: folder },
        ]),
      );
    case 'model-gitops/engines-pack/1':
      return tell(
        [{ mark: 'pass' }, ' Packed for ', document.platforms.join(', '), ' into ', { code: document.file }],
        ['Engine', 'Version'],
        document.engines.map(({ name, version }) => [{ strong: name }, version]),
      );
    default:
      return document satisfies never;
  }
}
