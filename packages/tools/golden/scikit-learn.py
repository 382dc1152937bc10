"""What scikit-learn answers for predictions of many kinds: ties, weights, absent classes, constant truth.

python packages/tools/golden/scikit-learn.py test/golden/scikit-learn
needs: scikit-learn==1.9.1 scipy==1.17.1

ECE, MCE and the Kolmogorov-Smirnov statistic of weighted rows are not scikit-learn's: they are computed here from
their definitions. Where scikit-learn has no answer of its own (NaN, -Infinity, or an exception) the figure is null.
"""

import json
import math
import pathlib
import sys
import warnings

import numpy as np
import scipy
import sklearn
import sklearn.metrics as m
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
MADE = {
    "command": "python packages/tools/golden/scikit-learn.py test/golden/scikit-learn",
    "scikit-learn": sklearn.__version__,
    "numpy": np.__version__,
    "scipy": scipy.__version__,
}
RANDOM = np.random.default_rng(20261124)


def figure(compute):
    try:
        value = float(compute())
    except (ValueError, ZeroDivisionError):
        return None
    return "Infinity" if value == math.inf else value if math.isfinite(value) else None


def settle(entries):
    return {name: figure(compute) for name, compute in entries.items()}


# ---- labels


def class_measures(y, p, w, **average):
    common = {"sample_weight": w, "zero_division": 0, **average}
    return {
        "precision": lambda: m.precision_score(y, p, **common),
        "recall": lambda: m.recall_score(y, p, **common),
        "f1": lambda: m.f1_score(y, p, **common),
        "f2": lambda: m.fbeta_score(y, p, beta=2, **common),
        "f0.5": lambda: m.fbeta_score(y, p, beta=0.5, **common),
        "jaccard": lambda: m.jaccard_score(y, p, **common),
    }


def label_metrics(y, p, w):
    entries = {
        "accuracy": lambda: m.accuracy_score(y, p, sample_weight=w),
        "balanced_accuracy": lambda: m.balanced_accuracy_score(y, p, sample_weight=w),
        "balanced_accuracy_adjusted": lambda: m.balanced_accuracy_score(y, p, sample_weight=w, adjusted=True),
        "mcc": lambda: m.matthews_corrcoef(y, p, sample_weight=w),
        "cohen_kappa": lambda: m.cohen_kappa_score(y, p, sample_weight=w),
        "hamming_loss": lambda: m.hamming_loss(y, p, sample_weight=w),
        "zero_one_loss": lambda: m.zero_one_loss(y, p, sample_weight=w),
    }
    for average in ["micro", "macro", "weighted"]:
        for name, compute in class_measures(y, p, w, average=average).items():
            entries[f"{name}_{average}"] = compute
    return settle(entries)


def labels_of(y, p):
    return sorted(set(y) | set(p))


def common_answers(y, p, w):
    labels = labels_of(y, p)
    precision, recall, f1, support = m.precision_recall_fscore_support(
        y, p, labels=labels, sample_weight=w, zero_division=0
    )
    per_class = {
        str(label).lower() if isinstance(label, bool) else str(label): {
            "precision": float(precision[i]),
            "recall": float(recall[i]),
            "f1": float(f1[i]),
            "support": float(support[i]),
        }
        for i, label in enumerate(labels)
    }
    matrix = m.confusion_matrix(y, p, labels=labels, sample_weight=w).astype(float).tolist()
    return {"confusionMatrix": {"labels": labels, "matrix": matrix}, "perClass": per_class}


# ---- scores


def calibration(probability, came_true, w, bins):
    w = np.ones(len(probability)) if w is None else np.asarray(w, dtype=float)
    edges = np.arange(bins + 1) / bins
    place = np.clip(np.searchsorted(edges, probability, side="right") - 1, 0, bins - 1)
    gaps = [
        (w[place == b].sum(), abs(np.average(came_true[place == b], weights=w[place == b]) - np.average(probability[place == b], weights=w[place == b])))
        for b in range(bins)
        if w[place == b].sum() > 0
    ]
    return sum(weight * gap for weight, gap in gaps) / sum(weight for weight, _ in gaps), max(gap for _, gap in gaps)


def ks(y, s, w):
    if w is None:
        return scipy.stats.ks_2samp(s[y == 1], s[y == 0]).statistic if 0 < y.sum() < len(y) else math.nan
    fpr, tpr, _ = m.roc_curve(y, s, sample_weight=w, drop_intermediate=False)
    return np.abs(tpr - fpr).max()


def youden(y, s, w):
    fpr, tpr, thresholds = m.roc_curve(y, s, sample_weight=w)
    return math.nan if np.isnan(tpr - fpr).any() else thresholds[np.argmax(tpr - fpr)]


def trapezoid(y, s, w):
    if y.sum() == 0:
        return math.nan  # scikit-learn answers 0.5, from recall set to one
    precision, recall, _ = m.precision_recall_curve(y, s, sample_weight=w)
    return m.auc(recall, precision)


def score_metrics(y, s, w):
    both = np.stack([1 - s, s], axis=1)
    entries = {
        "roc_auc": lambda: m.roc_auc_score(y, s, sample_weight=w),
        "average_precision": lambda: m.average_precision_score(y, s, sample_weight=w),
        "pr_auc_trapezoid": lambda: trapezoid(y, s, w),
        "roc_auc_max_fpr_0.1": lambda: m.roc_auc_score(y, s, sample_weight=w, max_fpr=0.1),
        "ks_statistic": lambda: ks(y, s, w),
        "youden_threshold": lambda: youden(y, s, w),
        "log_loss": lambda: m.log_loss(y, both, sample_weight=w, labels=[0, 1]),
        "brier": lambda: m.brier_score_loss(y, both, sample_weight=w, labels=[0, 1]),
        "d2_brier": lambda: m.d2_brier_score(y, both, sample_weight=w, labels=[0, 1]),
    }
    if s.min() >= 0 and s.max() <= 1:
        entries["ece_10"] = lambda: calibration(s, y, w, 10)[0]
        entries["ece_15"] = lambda: calibration(s, y, w, 15)[0]
        entries["mce_10"] = lambda: calibration(s, y, w, 10)[1]
    return settle(entries)


def binary(name, y, p, positive, s=None, w=None):
    is_positive = [int(label == positive) for label in y]
    is_predicted = [int(label == positive) for label in p]
    # as 0 and 1, so that a positive label without rows is no error there
    metrics = label_metrics(y, p, w) | settle(class_measures(is_positive, is_predicted, w, pos_label=1))
    metrics["specificity"] = figure(lambda: m.recall_score(is_positive, is_predicted, pos_label=0, sample_weight=w, zero_division=0))
    if s is not None:
        metrics |= score_metrics(np.array(is_positive), np.asarray(s, dtype=float), None if w is None else np.asarray(w, dtype=float))
    given = {"task": "binary", "truth": y, "prediction": p, "positive": positive}
    return {"name": name, "given": given | optional(score=s, weight=w), "metrics": metrics, **common_answers(y, p, w)}


def optional(**entries):
    return {name: entry for name, entry in entries.items() if entry is not None}


def classes(name, y, p, labels=None, scores=None, w=None):
    metrics = label_metrics(y, p, w)
    given = {"task": "multiclass", "truth": y, "prediction": p} | optional(weight=w)
    if scores is not None:
        s = np.asarray(scores, dtype=float)
        codes = np.array([labels.index(label) for label in y])
        places = list(range(len(labels)))
        common = {"sample_weight": w, "labels": places}
        top = s.max(axis=1)
        hit = (s.argmax(axis=1) == codes).astype(float)
        entries = {
            "roc_auc_ovr_macro": lambda: m.roc_auc_score(codes, s, multi_class="ovr", average="macro", **common),
            "roc_auc_ovr_weighted": lambda: m.roc_auc_score(codes, s, multi_class="ovr", average="weighted", **common),
            "roc_auc_ovo_macro": lambda: m.roc_auc_score(codes, s, multi_class="ovo", average="macro", **common),
            "top_2_accuracy": lambda: m.top_k_accuracy_score(codes, s, k=2, **common),
            "log_loss": lambda: m.log_loss(codes, s, **common),
            "brier": lambda: m.brier_score_loss(codes, s, **common),
            "d2_brier": lambda: m.d2_brier_score(codes, s, **common),
            "ece_10": lambda: calibration(top, hit, w, 10)[0],
            "ece_15": lambda: calibration(top, hit, w, 15)[0],
            "mce_10": lambda: calibration(top, hit, w, 10)[1],
        }
        if len(labels) > 3:
            entries["top_3_accuracy"] = lambda: m.top_k_accuracy_score(codes, s, k=3, **common)
        metrics |= settle(entries)
        given["scores"] = {"labels": labels, "columns": s.T.tolist()}
    return {"name": name, "given": given, "metrics": metrics, **common_answers(y, p, w)}


# ---- amounts


def amounts(name, y, p, w=None):
    entries = {
        "mae": lambda: m.mean_absolute_error(y, p, sample_weight=w),
        "mse": lambda: m.mean_squared_error(y, p, sample_weight=w),
        "rmse": lambda: m.root_mean_squared_error(y, p, sample_weight=w),
        "mape": lambda: m.mean_absolute_percentage_error(y, p, sample_weight=w),
        "r2": lambda: m.r2_score(y, p, sample_weight=w),
        "median_ae": lambda: m.median_absolute_error(y, p, sample_weight=w),
        "explained_variance": lambda: m.explained_variance_score(y, p, sample_weight=w),
        "msle": lambda: m.mean_squared_log_error(y, p, sample_weight=w),
        "rmsle": lambda: m.root_mean_squared_log_error(y, p, sample_weight=w),
        "max_error": lambda: m.max_error(y, p),
        "poisson_deviance": lambda: m.mean_poisson_deviance(y, p, sample_weight=w),
        "gamma_deviance": lambda: m.mean_gamma_deviance(y, p, sample_weight=w),
        "d2_absolute_error": lambda: m.d2_absolute_error_score(y, p, sample_weight=w),
        "d2_pinball_0.9": lambda: m.d2_pinball_score(y, p, alpha=0.9, sample_weight=w),
        "mean_error_pred_minus_true": lambda: np.average(np.subtract(p, y), weights=w),
    }
    for alpha in [0.05, 0.1, 0.5, 0.9, 0.95]:
        entries[f"pinball_{alpha}"] = lambda alpha=alpha: m.mean_pinball_loss(y, p, alpha=alpha, sample_weight=w)
    if len(y) > 1:
        entries["pearson_r"] = lambda: scipy.stats.pearsonr(y, p).statistic
        entries["spearman_rho"] = lambda: scipy.stats.spearmanr(y, p).statistic
        entries["kendall_tau_b"] = lambda: scipy.stats.kendalltau(y, p).statistic
    given = {"task": "regression", "truth": y, "prediction": p} | optional(weight=w)
    return {"name": name, "given": given, "metrics": settle(entries)}


# ---- cases


def rounded(values, digits=6):
    return np.round(np.asarray(values, dtype=float), digits).tolist()


def fitted(data, model, test_size):
    x, y = data
    a, b, c, d = train_test_split(x, y, test_size=test_size, random_state=0)
    return make_pipeline(StandardScaler(), model).fit(a, c), b, d.tolist()


def some_weights(rows):
    weights = RANDOM.integers(0, 4, rows) / 2
    return weights.tolist()


def binary_cases():
    model, x, y = fitted(load_breast_cancer(return_X_y=True), LogisticRegression(C=0.01), 0.4)
    score = rounded(model.predict_proba(x)[:, 1])
    p = model.predict(x).tolist()
    margin = rounded(model.decision_function(x))
    words = {0: "malignant", 1: "benign"}
    tied = [round(s * 5) / 5 for s in score]
    few = {"y": [0, 0, 1, 1, 0, 1], "p": [0, 1, 1, 0, 0, 1], "s": [0.1, 0.6, 0.6, 0.4, 0.4, 0.9]}
    edges = [k / 30 for k in range(31)]
    edge_truth = [int(k % 3 == 0) for k in range(31)]
    yield binary("breast cancer", y, p, 1, score)
    yield binary("weights, some of them 0", y, p, 1, score, some_weights(len(y)))
    yield binary("tied scores", y, p, 1, tied)
    yield binary("tied scores and weights", y, p, 1, tied, some_weights(len(y)))
    yield binary("the first label is positive", y, p, 0, rounded(1 - np.array(score)))
    yield binary("texts", [words[v] for v in y], [words[v] for v in p], "malignant", rounded(1 - np.array(score)))
    yield binary("truth values", [bool(v) for v in y], [bool(v) for v in p], True, score)
    yield binary("-1 and 1", [2 * v - 1 for v in y], [2 * v - 1 for v in p], 1, score)
    yield binary("scores that are no probabilities", y, p, 1, margin)
    yield binary("labels only", y, p, 1)
    yield binary("few rows", few["y"], few["p"], 1, few["s"])
    yield binary("the same score everywhere", few["y"], few["p"], 1, [0.5] * 6)
    yield binary("scores that rank backwards", few["y"], few["p"], 1, [0.9, 0.8, 0.1, 0.2, 0.7, 0.3])
    yield binary("sure and wrong", few["y"], [1 - v for v in few["y"]], 1, [1.0, 1.0, 0.0, 0.0, 1.0, 0.0])
    yield binary("perfect", few["y"], few["y"], 1, [float(v) for v in few["y"]])
    yield binary("no positive in the truth", [0] * 6, few["p"], 1, few["s"])
    yield binary("no negative in the truth", [1] * 6, few["p"], 1, few["s"])
    yield binary("nothing predicted positive", few["y"], [0] * 6, 1, few["s"])
    yield binary("one label everywhere", [1] * 6, [1] * 6, 1, few["s"])
    yield binary("one row", [1], [1], 1, [0.7])
    yield binary("scores on the edges of bins", edge_truth, [int(s > 0.5) for s in edges], 1, edges)


def class_cases():
    wine, x, y = fitted(load_wine(return_X_y=True), LogisticRegression(C=0.01), 0.5)
    scores = rounded(wine.predict_proba(x), 15)
    p = wine.predict(x).tolist()
    digits, dx, dy = fitted(load_digits(return_X_y=True), DecisionTreeClassifier(max_depth=5, random_state=0), 0.15)
    digit_scores = digits.predict_proba(dx).tolist()
    dp = digits.predict(dx).tolist()
    words = ["barbera", "barolo", "grignolino"]
    tied = [[0.4, 0.4, 0.2], [0.2, 0.4, 0.4], [1 / 3, 1 / 3, 1 / 3], [0.4, 0.2, 0.4], [0.6, 0.2, 0.2], [0.0, 0.5, 0.5]]
    small = {"y": [0, 1, 2, 0, 1, 2], "p": [0, 1, 1, 0, 0, 2]}
    yield classes("wine", y, p, [0, 1, 2], scores)
    yield classes("wine, weights", y, p, [0, 1, 2], scores, some_weights(len(y)))
    yield classes("wine, texts", [words[v] for v in y], [words[v] for v in p], words, scores)
    yield classes("numbers that sort otherwise as texts", [[2, 10, 33][v] for v in y], [[2, 10, 33][v] for v in p], [2, 10, 33], scores)
    yield classes("digits by a small tree: many ties", dy, dp, list(range(10)), digit_scores)
    yield classes("tied scores", small["y"], small["p"], [0, 1, 2], tied)
    yield classes("a class without rows", [0, 1, 0, 0, 1, 1], small["p"], [0, 1, 2], tied)
    yield classes("a class never predicted", small["y"], [0, 1, 1, 0, 0, 1], [0, 1, 2], tied)
    yield classes("labels only", dy, dp)
    yield classes("one label everywhere", ["a"] * 4, ["a"] * 4)
    yield classes("truth constant, predictions not", ["a"] * 4, ["a", "b", "c", "a"])


def amount_cases():
    x, y = load_diabetes(return_X_y=True)
    p = rounded(LinearRegression().fit(x[:300], y[:300]).predict(x[300:]))
    y = y[300:].tolist()
    weights = some_weights(len(y))
    counts = RANDOM.poisson(3, 80).tolist()
    rates = rounded(RANDOM.gamma(3, 1, 80))
    yield amounts("diabetes", y, p)
    yield amounts("diabetes, weights", y, p, weights)
    yield amounts("diabetes, even weights of 2.5", y, p, [2.5] * len(y))
    yield amounts("counts with zeros", counts, rates)
    yield amounts("counts with zeros, weights", counts, rates, some_weights(80))
    yield amounts("negative amounts", [v - 150 for v in y], [v - 150 for v in p])
    yield amounts("ties on both sides", [1, 1, 2, 2, 3, 3, 3, 4], [1, 2, 2, 2, 1, 3, 3, 4])
    yield amounts("backwards", [1, 2, 3, 4, 5], [5, 4, 3, 2, 1])
    yield amounts("perfect", [1.5, 2.5, 4.0], [1.5, 2.5, 4.0])
    yield amounts("constant truth", [2, 2, 2, 2], [1, 2, 3, 2])
    yield amounts("constant truth, found", [2, 2, 2, 2], [2, 2, 2, 2])
    yield amounts("constant predictions", [1, 2, 3, 5], [2, 2, 2, 2])
    yield amounts("one row", [3.0], [2.5])
    yield amounts("two rows, one without weight", [3.0, 4.0], [2.5, 4.5], [1.0, 0.0])
    yield amounts("large and close", [1e9 + v for v in range(12)], [1e9 + v + (v % 3) / 10 for v in range(12)])


def write(folder, name, cases):
    text = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    (folder / f"{name}.json").write_text(f'{{"made": {json.dumps(MADE)}, "cases": [\n{text}\n]}}\n')


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "binary", binary_cases())
    write(folder, "multiclass", class_cases())
    write(folder, "regression", amount_cases())
