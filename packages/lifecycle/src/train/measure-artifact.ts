import { headBytes, identifyFormat } from '@model-gitops/model-files';
import type { ArtifactFacts } from '../documents.ts';
import type { FileFacts, Workspace } from '../ports/index.ts';

const mostReadable = 2 ** 31 - 1;

async function formatOf(workspace: Workspace, { path, kind, size }: FileFacts): Promise<string> {
  const bytes = kind === 'directory' || size > mostReadable ? null : await workspace.readBytes(path);
  return bytes === null ? 'unknown' : identifyFormat(bytes.subarray(0, headBytes), path);
}

/** What was written at a path; null for nothing, and for an empty file. */
export async function measureArtifact(workspace: Workspace, path: string): Promise<ArtifactFacts | null> {
  const facts = await workspace.measure(path);
  if (facts === null || facts.size === 0) return null;
  const { kind, sha256, size } = facts;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { name, kind, format: await formatOf(workspace, facts), path, sha256, size };
}
