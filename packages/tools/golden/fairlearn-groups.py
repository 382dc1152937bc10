"""What Fairlearn and AIF360 answer for groups: three groups, two attributes, weights, groups without positives.

python packages/tools/golden/fairlearn-groups.py test/golden
needs: fairlearn==0.15.0 aif360==0.6.1 scikit-learn==1.9.1
"""

import json
import logging
import math
import pathlib
import sys
import warnings

import fairlearn
import fairlearn.metrics as f
import numpy as np
import pandas
import sklearn.metrics as m

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
from aif360.datasets import BinaryLabelDataset  # noqa: E402  warns of each optional library when imported
from aif360.metrics import ClassificationMetric  # noqa: E402

COMMAND = "python packages/tools/golden/fairlearn-groups.py test/golden"
RANDOM = np.random.default_rng(20261124)


def figure(value):
    value = float(value)
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


def zero(function):
    return lambda y, p, sample_weight=None: function(y, p, sample_weight=sample_weight, zero_division=0)


BINARY = {
    "selection_rate": f.selection_rate,
    "true_positive_rate": f.true_positive_rate,
    "true_negative_rate": f.true_negative_rate,
    "false_positive_rate": f.false_positive_rate,
    "false_negative_rate": f.false_negative_rate,
    "accuracy": m.accuracy_score,
    "zero_one_loss": m.zero_one_loss,
    "balanced_accuracy": m.balanced_accuracy_score,
    "precision": zero(m.precision_score),
    "recall": zero(m.recall_score),
    "f1": zero(m.f1_score),
}
AMOUNTS = {
    "mae": m.mean_absolute_error,
    "mse": m.mean_squared_error,
    "r2": m.r2_score,
    "mean_prediction": f.mean_prediction,
}
NAMED = {
    "demographic_parity_difference": f.demographic_parity_difference,
    "demographic_parity_ratio": f.demographic_parity_ratio,
    "equalized_odds_difference": f.equalized_odds_difference,
    "equalized_odds_ratio": f.equalized_odds_ratio,
    "equal_opportunity_difference": f.equal_opportunity_difference,
    "equal_opportunity_ratio": f.equal_opportunity_ratio,
}
GENERATED = {
    name: getattr(f, name)
    for name in f.__all__
    if name.endswith(("_difference", "_ratio", "_group_min", "_group_max"))
    and name not in NAMED
    and not name.startswith(("roc_auc", "log_loss", "mean_", "r2"))
}
OVER_AMOUNTS = {
    name: getattr(f, name)
    for name in ["mean_absolute_error_group_max", "mean_squared_error_group_max", "r2_score_group_min"]
}


def key(group):
    return "|".join(str(part) for part in group) if isinstance(group, tuple) else str(group)


def frames(measures, y, p, features, w):
    """One frame a measure: a measure that fails in one group leaves the others alone."""
    parameters = None if w is None else {"sample_weight": w}
    return {
        name: f.MetricFrame(metrics=measure, y_true=y, y_pred=p, sensitive_features=features, sample_params=parameters)
        for name, measure in measures.items()
    }


def answers(measures, named, y, p, columns, w):
    features = pandas.DataFrame(columns)
    made = frames(measures, y, p, features, w)
    count = f.MetricFrame(metrics=f.count, y_true=y, y_pred=p, sensitive_features=features).by_group.dropna()
    groups = {key(group): {"count": int(number)} for group, number in count.items()}
    between, overall = {}, {}
    for name, frame in made.items():
        for group, value in frame.by_group.items():
            if key(group) in groups:
                groups[key(group)][name] = figure(value)
        between[f"{name}_group_min"] = figure(frame.group_min())
        between[f"{name}_group_max"] = figure(frame.group_max())
        for kind in ["difference", "ratio"]:
            between[f"{name}_{kind}"] = figure(getattr(frame, kind)())
            overall[f"{name}_{kind}"] = figure(getattr(frame, kind)(method="to_overall"))
    for name, function in named.items():
        between[name] = figure(function(y, p, sensitive_features=features, sample_weight=w))
        if name in NAMED:
            overall[name] = figure(function(y, p, sensitive_features=features, sample_weight=w, method="to_overall"))
    if "selection_rate" in measures:
        for kind in ["difference", "ratio"]:
            function = NAMED[f"equalized_odds_{kind}"]
            between[f"equalized_odds_mean_{kind}"] = figure(
                function(y, p, sensitive_features=features, sample_weight=w, agg="mean")
            )
    return {"byGroup": groups, "betweenGroups": between, "toOverall": overall}


def binary(name, y, p, columns, w=None):
    given = {"task": "binary", "truth": y, "prediction": p, "positive": 1} | ({} if w is None else {"weight": w})
    answer = answers(BINARY, NAMED | GENERATED, y, p, columns, w)
    return {"name": name, "given": given, "columns": columns, **answer}


def amounts(name, y, p, columns, w=None):
    given = {"task": "regression", "truth": y, "prediction": p} | ({} if w is None else {"weight": w})
    return {"name": name, "given": given, "columns": columns, **answers(AMOUNTS, OVER_AMOUNTS, y, p, columns, w)}


def drawn(rows, groups, seed):
    random = np.random.default_rng(seed)
    group = random.choice(groups, rows).tolist()
    lean = {name: 0.35 + 0.12 * place for place, name in enumerate(groups)}
    y = [int(random.random() < lean[name]) for name in group]
    p = [int(random.random() < (0.75 if truth else 0.2) + 0.1 * (lean[name] - 0.4)) for truth, name in zip(y, group)]
    return y, p, group


def weights(rows):
    return (RANDOM.integers(1, 5, rows) / 2).tolist()


def fairlearn_cases():
    y, p, group = drawn(300, ["a", "b", "c"], 1)
    _, _, age = drawn(300, ["old", "young"], 2)
    ages = [30 if name == "old" else 4 for name in age]
    yield binary("three groups", y, p, {"g": group})
    yield binary("three groups, weights", y, p, {"g": group}, weights(300))
    yield binary("two attributes", y, p, {"g": group, "age": age})
    yield binary("two attributes, weights", y, p, {"g": group, "age": age}, weights(300))
    yield binary("groups are numbers", y, p, {"age": ages})
    yield binary("groups are truth values", y, p, {"age": [name == "old" for name in age]})
    yield binary("a combination without rows", [1, 0, 1, 0, 1], [1, 1, 0, 0, 1], {"g": ["a", "a", "b", "b", "a"], "h": ["x", "y", "x", "x", "y"]})
    yield binary("a group without positives", [1, 0, 1, 0, 0, 0], [1, 0, 0, 1, 1, 0], {"g": list("aaabbb")})
    yield binary("a group without negatives", [1, 0, 0, 1, 1, 1], [1, 0, 1, 1, 1, 0], {"g": list("aaabbb")})
    yield binary("nobody is selected", [1, 0, 1, 0, 1, 0], [0] * 6, {"g": list("aaabbb")})
    yield binary("nobody is wrongly selected", [1, 0, 1, 0, 1, 0], [1, 0, 1, 0, 0, 0], {"g": list("aaabbb")})
    yield binary("one group is never selected", [1, 0, 1, 0, 1, 0], [0, 0, 0, 1, 1, 0], {"g": list("aaabbb")})
    yield binary("everybody is right", [1, 0, 1, 0, 1, 0], [1, 0, 1, 0, 1, 0], {"g": list("aaabbb")})
    yield binary("groups of one row", [1, 0, 1], [1, 1, 0], {"g": list("abc")})
    truth = np.round(RANDOM.normal(50, 10, 120), 3)
    predicted = np.round(truth + RANDOM.normal(0, 4, 120), 3)
    side = RANDOM.choice(["left", "right"], 120).tolist()
    yield amounts("amounts", truth.tolist(), predicted.tolist(), {"side": side})
    yield amounts("amounts, weights", truth.tolist(), predicted.tolist(), {"side": side}, weights(120))


AIF360 = ["statistical_parity_difference", "disparate_impact", "average_odds_difference", "equal_opportunity_difference", "theil_index"]


def aif360_case(name, y, p, group, privileged, w=None):
    codes = {value: place for place, value in enumerate(sorted(set(group)))}

    def dataset(labels):
        frame = pandas.DataFrame({"g": [codes[value] for value in group], "label": labels, "weight": w or [1.0] * len(y)})
        return BinaryLabelDataset(df=frame, label_names=["label"], protected_attribute_names=["g"], instance_weights_name="weight")

    metric = ClassificationMetric(
        dataset(y),
        dataset(p),
        privileged_groups=[{"g": codes[privileged]}],
        unprivileged_groups=[{"g": code} for value, code in codes.items() if value != privileged],
    )
    with np.errstate(all="ignore"):
        answer = {measure: figure(getattr(metric, measure)()) for measure in AIF360}
    given = {"task": "binary", "truth": y, "prediction": p, "positive": 1} | ({} if w is None else {"weight": w})
    return {"name": name, "given": given, "columns": {"g": group}, "privileged": privileged, "aif360": answer}


def aif360_cases():
    y, p, group = drawn(300, ["a", "b", "c"], 1)
    yield aif360_case("three groups, one privileged", y, p, group, "a")
    yield aif360_case("three groups, another privileged", y, p, group, "c")
    yield aif360_case("weights", y, p, group, "b", weights(300))
    yield aif360_case("the privileged are never selected", [1, 0, 1, 0, 1, 0], [0, 0, 0, 1, 1, 0], list("aaabbb"), "a")
    yield aif360_case("nobody is selected", [1, 0, 1, 0, 1, 0], [0] * 6, list("aaabbb"), "a")
    yield aif360_case("a group without positives", [1, 0, 1, 0, 0, 0], [1, 0, 0, 1, 1, 0], list("aaabbb"), "a")
    yield aif360_case("everybody is right", [1, 0, 1, 0, 1, 0], [1, 0, 1, 0, 1, 0], list("aaabbb"), "b")


def write(path, made, cases):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    path.write_text(f'{{"made": {json.dumps({"command": COMMAND, **made})}, "cases": [\n{text}\n]}}\n')


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    write(root / "fairlearn" / "groups.json", {"fairlearn": fairlearn.__version__}, fairlearn_cases())
    write(root / "aif360" / "groups.json", {"aif360": "0.6.1"}, aif360_cases())
