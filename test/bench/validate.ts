import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPython, repositoryRoot } from '@model-gitops/tools';
import type { Bench } from './bench.ts';
import { makeTable } from './make-table.ts';
import { benchFolder, cli, measureProgram } from './measure.ts';
import { runRounds, type Standing } from './rounds.ts';
import { manyExpectations, orderColumns, orderSuite, renderSuite } from './suites.ts';

const rows = 1_000_000;
const rounds = 3;
const peerScript = join(repositoryRoot, 'test', 'bench', 'peers', 'great-expectations.py');

interface Place {
  readonly python: string;
  readonly table: string;
}

function writeSuite(name: string, text: string): string {
  mkdirSync(benchFolder, { recursive: true });
  const path = join(benchFolder, `${name}.json`);
  writeFileSync(path, text);
  return path;
}

function ours(name: string, suite: string, { python, table }: Place) {
  const args = [cli, 'validate', table, '--suite', suite, '--json', '--fail-on', 'never'];
  const request = { command: process.execPath, arguments: args, folder: benchFolder };
  return { name, run: () => measureProgram(python, request) };
}

function peers(suite: string, { python, table }: Place) {
  const environment = { ...process.env, GX_ANALYTICS_ENABLED: 'false' };
  const request = { command: python, arguments: [peerScript, table, suite], folder: benchFolder, environment };
  return { name: 'Great Expectations', run: () => measureProgram(python, request) };
}

/** The part of our document that the peer's answer has as well. */
interface Validated {
  readonly results: readonly { readonly success: boolean; readonly expectation_config: { readonly type: string } }[];
}

/** A faster answer is worth nothing if it is another one. */
function checkAgreement(our: Standing, peer: Standing): void {
  const { results } = JSON.parse(our.stdout) as Validated;
  const told = results.map(({ expectation_config, success }) => `${expectation_config.type} ${success}`).toSorted();
  const answer = JSON.parse(peer.stdout.trim().split('\n').at(-1) ?? '') as readonly (readonly [string, boolean])[];
  const wanted = answer.map(([type, success]) => `${type} ${success}`).toSorted();
  if (told.join('\n') === wanted.join('\n')) return;
  throw new Error(`The two judge differently.\nours: ${told.join(', ')}\nGreat Expectations: ${wanted.join(', ')}`);
}

async function againstPeer(place: Place) {
  const suite = writeSuite('orders', renderSuite('orders', orderSuite));
  const standings = await runRounds([ours('model-gitops', suite, place), peers(suite, place)], rounds);
  const [our, peer] = standings;
  if (our === undefined || peer === undefined) throw new Error('Nobody was measured.');
  checkAgreement(our, peer);
  const targets = [
    { what: 'time of Great Expectations to ours', value: peer.seconds / our.seconds, unit: 'x', atLeast: 4 },
    { what: 'processor, likewise', value: peer.cpuSeconds / our.cpuSeconds, unit: 'x', atLeast: 2 },
    { what: 'memory, likewise', value: peer.peakMegabytes / our.peakMegabytes, unit: 'x', atLeast: 2 },
  ];
  return { title: 'validate: 1 M rows x 20 columns of Parquet, 22 expectations', standings, targets };
}

async function tenTimesAsMany(place: Place) {
  const suiteOf = (count: number) => writeSuite(`many-${count}`, renderSuite('many', manyExpectations(count)));
  const [few, many] = [suiteOf(20), suiteOf(200)];
  const standings = await runRounds(
    [ours('20 expectations', few, place), ours('200 expectations', many, place)],
    rounds,
  );
  const [one, ten] = standings;
  const value = (ten?.seconds ?? Number.NaN) / (one?.seconds ?? Number.NaN);
  const targets = [{ what: 'time of 200 expectations to 20', value, unit: 'x', atMost: 2 }];
  return { title: 'validate: ten times as many expectations on the same table', standings, targets };
}

/** Whole processes, from the start of Node or Python to the answer. */
export const benchValidate: Bench = async () => {
  const neighbour = await installPython(repositoryRoot, 'greatExpectations');
  if (!neighbour.isThere) return { skipped: neighbour.why };
  const place = { python: join(neighbour.path, 'python'), table: await makeTable('orders', rows, orderColumns) };
  return [await againstPeer(place), await tenTimesAsMany(place)];
};
