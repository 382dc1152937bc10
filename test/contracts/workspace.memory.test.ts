import { memoryDisk } from '../../packages/lifecycle/src/testing/memory-artifact-store.ts';
import { memoryWorkspace } from '../../packages/lifecycle/src/testing/memory-workspace.ts';
import { workspaceContract } from './workspace.ts';

workspaceContract('memory', async () => {
  const disk = memoryDisk();
  return {
    workspace: memoryWorkspace(disk),
    put: async (path, bytes) => void disk.files.set(`/repository/${path}`, bytes),
    get: async (path) => disk.files.get(`/repository/${path}`) ?? null,
    close: async () => undefined,
  };
});
