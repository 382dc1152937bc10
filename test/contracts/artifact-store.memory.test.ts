import { memoryArtifactStore, memoryDisk } from '../../packages/lifecycle/src/testing/memory-artifact-store.ts';
import { artifactStoreContract } from './artifact-store.ts';

artifactStoreContract('memory', async () => {
  const disk = memoryDisk();
  return {
    store: memoryArtifactStore(disk),
    path: (name) => name,
    write: async (path, bytes) => void disk.files.set(path, bytes),
    read: async (path) => disk.files.get(path) ?? null,
    list: async () => [...disk.files.keys()],
    listStored: async () => [...disk.stored.keys()],
    damage: async (sha256, bytes) => void disk.stored.set(sha256, bytes),
    close: async () => undefined,
  };
});
