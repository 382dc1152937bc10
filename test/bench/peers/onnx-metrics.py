"""Scores an ONNX model and computes its metrics as a script would: onnx-metrics.py <model.onnx> <table.parquet>

needs: onnxruntime scikit-learn pandas pyarrow
"""

import json
import sys

import numpy
import onnxruntime
import pandas
from sklearn import metrics

model, table = sys.argv[1:]
rows = pandas.read_parquet(table)
truth = rows["label"].to_numpy()
features = rows.drop(columns=["label"]).to_numpy(dtype=numpy.float32)
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
label, scores = session.run(None, {"features": features})
score = scores[:, 1]
answer = {
    "accuracy": metrics.accuracy_score(truth, label),
    "balanced_accuracy": metrics.balanced_accuracy_score(truth, label),
    "mcc": metrics.matthews_corrcoef(truth, label),
    "cohen_kappa": metrics.cohen_kappa_score(truth, label),
    "roc_auc": metrics.roc_auc_score(truth, score),
    "average_precision": metrics.average_precision_score(truth, score),
    "log_loss": metrics.log_loss(truth, score),
    "brier": metrics.brier_score_loss(truth, score),
}
for average in ["binary", "micro", "macro", "weighted"]:
    suffix = "" if average == "binary" else f"_{average}"
    answer["precision" + suffix] = metrics.precision_score(truth, label, average=average)
    answer["recall" + suffix] = metrics.recall_score(truth, label, average=average)
    answer["f1" + suffix] = metrics.f1_score(truth, label, average=average)
    answer["jaccard" + suffix] = metrics.jaccard_score(truth, label, average=average)
metrics.confusion_matrix(truth, label)
metrics.classification_report(truth, label)
print(json.dumps(answer))
