import { memoryForge } from '../../packages/lifecycle/src/testing/memory-forge.ts';
import { memoryGitStore, memoryRepository } from '../../packages/lifecycle/src/testing/memory-git-store.ts';
import { testHost } from '../../packages/lifecycle/src/testing/registry-world.ts';
import { forgeContract } from './forge.ts';

for (const checkKind of ['app', 'status'] as const) {
  forgeContract(`memory with checks of kind ${checkKind}`, async () => {
    const world = { repository: memoryRepository(), host: testHost(), checkKind };
    const forge = memoryForge(world);
    const other = memoryForge({ ...world, state: forge.state });
    const git = memoryGitStore({ repository: world.repository });
    return { forge, other, actor: 'model-gitops[bot]', git, people: forge };
  });
}
