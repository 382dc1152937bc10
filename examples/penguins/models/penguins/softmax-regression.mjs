// Multinomial logistic regression by gradient descent on the whole training table, on standardised columns.

/** Mean and standard deviation of each column. */
export function standardisation(rows) {
  const columns = rows[0].map((_, column) => rows.map((row) => row[column]));
  const mean = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const deviation = columns.map((values, column) => {
    const variance = values.reduce((sum, value) => sum + (value - mean[column]) ** 2, 0) / values.length;
    return Math.sqrt(variance) || 1;
  });
  return { mean, deviation };
}

/** Probabilities of a row; the highest logit is taken away first, so that nothing overflows. */
export function probabilities(row, { weights, bias }) {
  const logits = bias.map((start, label) =>
    row.reduce((sum, value, column) => sum + value * weights[column][label], start),
  );
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Mean gradient of the log loss over all rows, with the L2 penalty on the weights. */
function gradient(rows, classes, model, l2) {
  const weights = model.weights.map((ofColumn) => ofColumn.map((weight) => l2 * weight));
  const bias = model.bias.map(() => 0);
  for (const [index, row] of rows.entries()) {
    for (const [label, probability] of probabilities(row, model).entries()) {
      const error = (probability - (classes[index] === label ? 1 : 0)) / rows.length;
      bias[label] += error;
      for (const [column, value] of row.entries()) weights[column][label] += error * value;
    }
  }
  return { weights, bias };
}

/**
 * Weights [column][label] and bias [label]. `rows` are standardised, `classes` label numbers; `random` draws the small
 * weights to begin with.
 */
export function fitRegression(rows, classes, labelCount, { epochs, learningRate, l2 }, random) {
  const small = () => 0.02 * (random() - 0.5);
  let model = {
    weights: rows[0].map(() => Array.from({ length: labelCount }, small)),
    bias: Array.from({ length: labelCount }, () => 0),
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const slope = gradient(rows, classes, model, l2);
    const step = (value, by) => value - learningRate * by;
    model = {
      weights: model.weights.map((ofColumn, column) =>
        ofColumn.map((weight, label) => step(weight, slope.weights[column][label])),
      ),
      bias: model.bias.map((value, label) => step(value, slope.bias[label])),
    };
  }
  return model;
}
