// Splits data/penguins.csv into data/train.csv and data/test.csv: `node split.mjs [--seed 1]`.
// Of each species 70 % are for training; the same seed gives the same split.

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { generator } from './models/penguins/generator.mjs';

const trainingShare = 0.7;

/** Fisher and Yates: every order is equally likely. */
function shuffled(values, random) {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

/** The rows of a CSV without quoted cells, with an id in front and `NA` as an empty cell. */
function readPenguins(path) {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line, index) => [
    `P${String(index + 1).padStart(3, '0')}`,
    ...line.split(',').map((cell) => (cell === 'NA' ? '' : cell)),
  ]);
  return { header: ['id', ...header.split(',')], rows };
}

function split(rows, speciesColumn, random) {
  const training = new Set();
  for (const species of [...new Set(rows.map((row) => row[speciesColumn]))].sort()) {
    const ofSpecies = shuffled(
      rows.filter((row) => row[speciesColumn] === species),
      random,
    );
    for (const row of ofSpecies.slice(0, Math.round(trainingShare * ofSpecies.length))) training.add(row);
  }
  return { train: rows.filter((row) => training.has(row)), test: rows.filter((row) => !training.has(row)) };
}

function renderCsv(header, rows) {
  return `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
}

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const data = new URL('data/', import.meta.url);
const { header, rows } = readPenguins(new URL('penguins.csv', data));
const { train, test } = split(rows, header.indexOf('species'), generator(Number(values.seed)));
writeFileSync(new URL('train.csv', data), renderCsv(header, train));
writeFileSync(new URL('test.csv', data), renderCsv(header, test));
console.log(`seed ${values.seed}: ${train.length} penguins for training, ${test.length} for testing`);
