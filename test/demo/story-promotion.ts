import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { damageAssets } from './alterations.ts';
import type { Narrator } from './narrator.ts';
import { actOut } from './play.ts';
import { approve, merge, promotionBranch, readCheck, readPromotion, renderCheck, renderPull } from './pull-requests.ts';
import { renderPage } from './render-page.ts';
import type { Scene } from './scene.ts';
import { must } from './step-failure.ts';
import type { Documents } from './story-documents.ts';
import { mustConclude } from './story-registry.ts';
import { hideHistory, overrulePointer } from './tampering.ts';
import { pushEvent } from './workflow.ts';

const labels = ['environment:production', 'model-gitops:promotion', 'model:penguins'];

/** What the promotion changes, without context. */
async function differenceOf(scene: Scene): Promise<readonly string[]> {
  const text = await scene.origin('diff', '--unified=0', `main...${promotionBranch}`);
  return text.split('\n');
}

export async function playPromotion(scene: Scene, narrator: Narrator): Promise<string> {
  const pull = await readPromotion(scene);
  const text = renderPull(pull);
  await narrator.show('promotion.md', text);
  await scene.keep('promotion.md', text);
  await scene.keep('promotion.html', renderPage(pull.title, text));
  must(pull.user.login === 'model-gitops[bot]', `${pull.user.login} opened it`);
  const names = pull.labels.map(({ name }) => name).toSorted();
  must(names.join() === labels.join(), `its labels are ${names.join(', ')}`);
  const difference = await differenceOf(scene);
  await narrator.show('promotion.diff', difference.join('\n'));
  const changed = difference.filter((line) => /^[+-](?![+-])/.test(line));
  must(
    changed.length === 2 && changed[0] === '+version: 1.0.0',
    `the promotion changes ${changed.length} lines, not the two of its pointer`,
  );
  const check = await mustConclude(scene, pull.head.sha, 'failure');
  await narrator.show('check.md', renderCheck(check));
  return `#${pull.number} by the app: two lines, with the evidence; its check is red: ${check.output.title}`;
}

export async function playOwnApproval(scene: Scene, narrator: Narrator): Promise<string> {
  const pull = await readPromotion(scene);
  await approve(scene, scene.anna, pull.number);
  const check = await mustConclude(scene, pull.head.sha, 'failure');
  await narrator.show('check.md', renderCheck(check));
  await scene.keep('check.md', renderCheck(check));
  must(
    check.output.summary.includes('`@anna` approved, but'),
    'the check does not say why her approval does not count',
  );
  const refusal = await merge(scene, scene.ben, pull);
  must(refusal?.startsWith('405 ') === true, `GitHub answered the merge with ${refusal ?? 'a merge'}`);
  await narrator.show('refusal.txt', `${refusal}`);
  return `her own approval does not count, and the check says so; GitHub refuses the merge: ${refusal}`;
}

/** With `--break four-eyes` the reviewer is Anna again, and nobody looks at the check before merging. */
export async function playApproval(scene: Scene, narrator: Narrator): Promise<string> {
  const { ben, options } = scene;
  const pull = await readPromotion(scene);
  await approve(scene, ben, pull.number);
  if (options.break === 'four-eyes') return `${ben.login} approved, which must be enough`;
  const check = await mustConclude(scene, pull.head.sha, 'success');
  await narrator.show('check.md', renderCheck(check));
  return `${ben.login} approved; the check is green: ${check.output.title}`;
}

interface Merged {
  readonly requesters: readonly string[];
  readonly approvals: readonly string[];
}

/** The witness that the app left in the ledger. */
async function readWitness(scene: Scene): Promise<string> {
  const ledger = 'refs/heads/model-gitops/ledger';
  const paths = await scene.origin('ls-tree', '-r', '--name-only', ledger);
  const witnesses = paths.split('\n').filter((path) => /\/merged-production-[^/]*\.json$/.test(path));
  must(witnesses.length === 1, `the ledger has ${witnesses.length} witnesses of the merge`);
  return scene.origin('show', `${ledger}:${witnesses[0]}`);
}

async function showRefusal(scene: Scene, narrator: Narrator, refusal: string): Promise<void> {
  await narrator.show('refusal.txt', refusal);
  const { head } = await readPromotion(scene);
  await narrator.show('check.md', renderCheck(await readCheck(scene, head.sha)));
}

export async function playMerge(scene: Scene, narrator: Narrator): Promise<string> {
  const { ben, options } = scene;
  const pull = await readPromotion(scene);
  if (options.break === 'stale') await overrulePointer(scene);
  const refusal = await merge(scene, ben, pull);
  if (refusal !== null) await showRefusal(scene, narrator, refusal);
  must(refusal === null, `GitHub refuses the merge: ${refusal}`);
  const pointer = await scene.origin('show', 'refs/heads/main:registry/penguins/production.yaml');
  must(/^version: 1\.0\.0$/m.test(pointer), `the pointer says: ${pointer}`);
  const text = await readWitness(scene);
  const witness = JSON.parse(text) as Merged;
  await narrator.show('merged.json', JSON.stringify(witness, null, 2));
  const { requesters, approvals } = witness;
  must(
    requesters.join() === 'anna' && approvals.join() === 'ben',
    `the ledger says: asked by ${requesters.join()}, approved by ${approvals.join()}`,
  );
  return 'the merge is the approval: production wants 1.0.0, and the ledger has who asked and who approved';
}

export async function playPull(scene: Scene, narrator: Narrator): Promise<string> {
  if (scene.options.break === 'digest') await damageAssets(scene.place('github/assets'));
  if (scene.options.break === 'tamper') await hideHistory(scene);
  const main = await scene.origin('rev-parse', 'refs/heads/main');
  const run = await scene.run('server', await pushEvent(scene, main), { contents: 'read' });
  const { files, version, approved } = await actOut<Documents['pull']>(scene, narrator, {
    step: 'pull',
    action: 'fetch-model',
    inputs: { model: 'penguins@production', 'out-path': 'served' },
  });
  const [file] = files;
  must(version === '1.0.0' && file !== undefined, 'not the version that production wants');
  must(approved === true, `whether it was approved: ${approved}`);
  const bytes = await readFile(join(run.folder, 'served', 'model.onnx'));
  must(
    createHash('sha256').update(bytes).digest('hex') === file.sha256,
    'the file has other bytes than its digest says',
  );
  return `a server that may only read asked for penguins@production: approved, ${bytes.length} bytes with the registered digest`;
}
