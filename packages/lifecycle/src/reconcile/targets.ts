import { defaultPolicies, type PromotionPolicy, pointerPath, promotionBranch } from '@model-gitops/registry';
import type { ConfiguredModel, Target } from './types.ts';

/** People approve an archive wherever they approve anything. */
const archive: PromotionPolicy = { name: 'archived', approval: 'pull-request' };

/** What each environment of a model asks for; without a readable model.yaml the default ones. */
export function policiesOf({ config }: Pick<ConfiguredModel, 'config'>): readonly PromotionPolicy[] {
  return config === null || config.environments.length === 0 ? defaultPolicies : config.environments;
}

/** The files of a model that people decide on by a merge, each with the branch on which it is proposed. */
export function targetsOf({ state: { model }, config }: ConfiguredModel, folder: string): readonly Target[] {
  const approved = policiesOf({ config }).filter(({ approval }) => approval === 'pull-request');
  return [...approved, archive].map((policy) => ({
    model,
    environment: policy.name,
    policy,
    path: pointerPath(folder, model, policy.name),
    branch: promotionBranch(model, policy.name),
  }));
}
