import { join } from 'node:path';
import { installPython, repositoryRoot, runProgram } from '@model-gitops/tools';
import type { Bench } from './bench.ts';
import { chance, makeTable } from './make-table.ts';
import { benchFolder, cli, measureProgram } from './measure.ts';
import { runRounds, type Standing } from './rounds.ts';

const rows = 1_000_000;
const rounds = 3;
const featureCount = 10;
const tolerance = 1e-6;
const script = (name: string) => join(repositoryRoot, 'test', 'bench', 'peers', name);

/** Ten features of which three tell something of the label, with noise, so that no figure is perfect. */
function customerColumns(): Readonly<Record<string, string>> {
  const features = Array.from({ length: featureCount }, (_, index) => [`f${index}`, `${chance(index)} - 0.5`]);
  const signal = `${chance(0)} + 0.7 * ${chance(1)} * ${chance(2)} + 0.4 * ${chance(99)}`;
  return { ...Object.fromEntries(features), label: `(${signal} > 0.9)::BIGINT` };
}

async function fitModel(python: string, table: string): Promise<string> {
  const model = join(benchFolder, 'gradient-boosting.onnx');
  const args = [script('gradient-boosting.py'), table, model];
  const { code, stderr } = await runProgram({ command: python, arguments: args, folder: benchFolder });
  if (code !== 0) throw new Error(`The model could not be fitted:\n${stderr}`);
  return model;
}

type Figures = Readonly<Record<string, number>>;

/** Both must have scored the same rows with the same model: the engines may differ in the last bits of a float32. */
function checkAgreement(our: Standing, peer: Standing): void {
  const { metrics } = JSON.parse(our.stdout) as { metrics: Figures };
  const wanted = Object.entries(JSON.parse(peer.stdout) as Figures);
  const strange = wanted.filter(([name, value]) => !(Math.abs((metrics[name] ?? Number.NaN) - value) <= tolerance));
  if (strange.length === 0) return;
  const told = strange.map(([name, value]) => `${name} ${metrics[name]} for ${value}`);
  throw new Error(`The two score differently: ${told.join(', ')}`);
}

/** `evaluate --model` beside a Python script that computes the same metrics and nothing more. */
export const benchEvaluate: Bench = async () => {
  const neighbour = await installPython(repositoryRoot, 'onnx');
  if (!neighbour.isThere) return { skipped: neighbour.why };
  const python = join(neighbour.path, 'python');
  const table = await makeTable('customers', rows, customerColumns());
  const model = await fitModel(python, table);
  const inBench = (command: string, ...args: readonly string[]) =>
    measureProgram(python, { command, arguments: args, folder: benchFolder });
  const words = ['evaluate', '--model', model, '--data', table, '--target', 'label', '--json'];
  const standings = await runRounds(
    [
      { name: 'model-gitops', run: () => inBench(process.execPath, cli, ...words) },
      { name: 'onnxruntime + scikit-learn', run: () => inBench(python, script('onnx-metrics.py'), model, table) },
    ],
    rounds,
  );
  const [our, peer] = standings;
  if (our === undefined || peer === undefined) throw new Error('Nobody was measured.');
  checkAgreement(our, peer);
  const targets = [
    { what: 'time of Python to ours', value: peer.seconds / our.seconds, unit: 'x', atLeast: 1 },
    { what: 'processor, likewise', value: peer.cpuSeconds / our.cpuSeconds, unit: 'x' },
    { what: 'memory, likewise', value: peer.peakMegabytes / our.peakMegabytes, unit: 'x' },
  ];
  return [{ title: 'evaluate: a gradient boosting in ONNX on 1 M rows, with metrics', standings, targets }];
};
