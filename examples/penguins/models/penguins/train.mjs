// Trains the penguins model: reads the features that model-gitops made, writes model.onnx and metrics.json here.
// MODEL_GITOPS_TRAIN, MODEL_GITOPS_PARAMETERS and MODEL_GITOPS_SEED come from model.yaml.

import { readFileSync, writeFileSync } from 'node:fs';
import { generator } from './generator.mjs';
import { softmaxRegression } from './onnx-writer.mjs';
import { fitRegression, probabilities, standardisation } from './softmax-regression.mjs';

/** In the order of features.columns in model.yaml: it is the order of the model's input. */
const features = ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g', 'bill_ratio'];
const target = 'species';

function setting(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this with "model-gitops train penguins".`);
  return value;
}

/** A CSV without quoted cells, as features.sql makes it. */
function readTable(path) {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const column = (name) => {
    if (!names.includes(name)) throw new Error(`${path} has no column ${name}.`);
    return names.indexOf(name);
  };
  const cells = lines.map((line) => line.split(','));
  return {
    rows: cells.map((row) => features.map((name) => Number(row[column(name)]))),
    labels: cells.map((row) => row[column(target)]),
  };
}

function figures(rows, classes, model) {
  const predicted = rows.map((row) => probabilities(row, model));
  const hits = predicted.filter((row, index) => row.indexOf(Math.max(...row)) === classes[index]).length;
  const loss = predicted.reduce((sum, row, index) => sum - Math.log(row[classes[index]]), 0);
  return { train_accuracy: hits / rows.length, train_log_loss: loss / rows.length };
}

const { epochs, l2, ...rest } = JSON.parse(setting('MODEL_GITOPS_PARAMETERS'));
const parameters = { epochs, l2, learningRate: rest['learning-rate'] };
const random = generator(Number(setting('MODEL_GITOPS_SEED')));
const table = readTable(setting('MODEL_GITOPS_TRAIN'));

const labels = [...new Set(table.labels)].sort();
const classes = table.labels.map((label) => labels.indexOf(label));
const { mean, deviation } = standardisation(table.rows);
const rows = table.rows.map((row) => row.map((value, column) => (value - mean[column]) / deviation[column]));

const model = fitRegression(rows, classes, labels.length, parameters, random);
const metrics = figures(rows, classes, model);
writeFileSync('model.onnx', softmaxRegression({ mean, deviation, labels, ...model }));
writeFileSync('metrics.json', `${JSON.stringify(metrics, null, 2)}\n`);
console.log(`${rows.length} penguins, ${epochs} epochs: training accuracy ${metrics.train_accuracy.toFixed(3)}`);
