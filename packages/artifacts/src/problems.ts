import type { Problem } from '@model-gitops/lifecycle';

function said(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : String(cause);
}

/** What a store can refuse, in one table. */
export const storeProblems = {
  missing: (sha256: string): Problem => ({
    code: 'artifact-missing',
    message: `The store has no bytes with sha256 ${sha256}.`,
    remedy: 'Check that "store:" names the place that it was registered into, and that nobody cleaned it up.',
  }),
  mismatch: (sha256: string, found: string): Problem => ({
    code: 'digest-mismatch',
    message: `The bytes should have sha256 ${sha256}, but have ${found}: they were changed or damaged.`,
    remedy: 'Do not use them. Restore the file from a backup of the store, or register the model again.',
  }),
  malformed: (sha256: string): Problem => ({
    code: 'digest-malformed',
    message: `${JSON.stringify(sha256.slice(0, 80))} is not a sha256 digest.`,
    remedy: 'A digest is 64 lower-case hex digits, without a prefix.',
  }),
  noFile: (path: string): Problem => ({
    code: 'file-missing',
    message: `There is no file ${path} to store.`,
    remedy: 'Train first, or correct the path of the artifact.',
  }),
  failed: (what: string, cause: unknown): Problem => ({
    code: 'store-failed',
    message: `The store could not ${what} (${said(cause)}).`,
    remedy: 'Check rights and free space of the folder, then try again.',
  }),
  tooLarge: (path: string, bytes: number): Problem => ({
    code: 'artifact-too-large',
    message: `${path} has ${bytes} bytes; a release takes files below 2 GiB.`,
    remedy: 'Keep it in a folder: store: dir:<folder>, on a drive that your runners share. Or make the model smaller.',
  }),
  empty: (path: string): Problem => ({
    code: 'artifact-empty',
    message: `${path} is empty; a release takes no empty file.`,
    remedy: 'Train again: an empty file is no model.',
  }),
  brokenUpload: (sha256: string): Problem => ({
    code: 'store-failed',
    message: `The bytes with sha256 ${sha256} did not arrive whole.`,
    remedy: 'Run the step again: what arrived is replaced.',
  }),
  unknownScheme: (text: string): Problem => ({
    code: 'store-unknown',
    message: `The store ${JSON.stringify(text)} is of a kind that this version does not have.`,
    remedy:
      'This version has release (the releases of the repository) and dir:<folder>, relative to the root of the repository or absolute.',
  }),
  noFolder: (): Problem => ({
    code: 'store-unnamed',
    message: 'The store "dir:" names no folder.',
    remedy: 'Write dir:<folder>, for example dir:.model-gitops/artifacts.',
  }),
};
