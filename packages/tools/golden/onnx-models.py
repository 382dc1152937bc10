"""What onnx and onnxruntime (Python) say of models that scikit-learn's converter wrote.

python packages/tools/golden/onnx-models.py > test/golden/onnx-models/sklearn.json
needs: scikit-learn skl2onnx onnx onnxruntime
"""

import base64
import json
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import skl2onnx
import sklearn
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
random = np.random.default_rng(7)
X = random.normal(size=(120, 3)).astype(np.float32)
three = np.array(["Adelie", "Chinstrap", "Gentoo"])[np.digitize(X[:, 0] + 0.3 * X[:, 1], [-0.4, 0.5])]
two = (X[:, 0] - X[:, 2] > 0).astype(np.int64)
numbers = (2 * X[:, 0] - X[:, 1] + 0.1 * X[:, 2]).astype(np.float32)
island = np.array(["Biscoe", "Dream"])[(X[:, 1] > 0).astype(int)]
floats = [("features", FloatTensorType([None, 3]))]
named = [("length", FloatTensorType([None, 1])), ("island", StringTensorType([None, 1])), ("year", Int64TensorType([None, 1]))]
no_zipmap = {"zipmap": False}


def table_model():
    import pandas

    table = pandas.DataFrame({"length": X[:, 0], "island": island, "year": np.tile([2007, 2008], 60)})
    encode = ColumnTransformer([("island", OneHotEncoder(), ["island"])], remainder="passthrough")
    return make_pipeline(encode, LogisticRegression()).fit(table, two)


def fitted(kind, target):
    return kind.fit(X, target)


def convert(model, inputs, options):
    named_options = None if options is None else {id(model): options}
    return convert_sklearn(model, initial_types=inputs, options=named_options, target_opset={"": 17, "ai.onnx.ml": 3})


def feeds(inputs, rows):
    if len(inputs) == 1:
        return {"features": X[:rows]}
    return {"length": X[:rows, :1], "island": island[:rows, None], "year": np.tile([2007, 2008], 60)[:rows, None]}


def tensor(value):
    array = np.asarray(value)
    kind = "string" if array.dtype.kind in "UO" else str(array.dtype)
    return {"type": kind, "shape": list(array.shape), "data": array.ravel().tolist()}


def value_info(value):
    kind = value.type.WhichOneof("value")
    if kind != "tensor_type":
        return {"name": value.name, "kind": kind.replace("_type", "")}
    element = onnx.TensorProto.DataType.Name(value.type.tensor_type.elem_type)
    shape = [d.dim_value if d.HasField("dim_value") else None for d in value.type.tensor_type.shape.dim]
    return {"name": value.name, "kind": "tensor", "type": element, "shape": shape}


def case(name, model, inputs=floats, options=no_zipmap, rows=12):
    file = convert(model, inputs, options)
    session = onnxruntime.InferenceSession(file.SerializeToString(), providers=["CPUExecutionProvider"])
    given = feeds(inputs, rows)
    answers = dict(zip([output.name for output in session.get_outputs()], session.run(None, given)))
    readable = options is not None or len(answers) == 1
    initializers = {tensor.name for tensor in file.graph.initializer}
    return {
        "name": name,
        "file": base64.b64encode(file.SerializeToString()).decode(),
        "irVersion": file.ir_version,
        "operatorSets": sorted([{"domain": o.domain, "version": o.version} for o in file.opset_import], key=lambda o: o["domain"]),
        "operators": sorted({f"{node.domain}::{node.op_type}" for node in file.graph.node}),
        "inputs": [value_info(value) for value in file.graph.input if value.name not in initializers],
        "outputs": [value_info(value) for value in file.graph.output],
        "feeds": {key: tensor(value) for key, value in given.items()},
        "answers": {key: tensor(value) for key, value in answers.items()} if readable else None,
    }


cases = [
    case("logistic regression, text labels", fitted(make_pipeline(StandardScaler(), LogisticRegression()), three)),
    case("random forest, number labels", fitted(RandomForestClassifier(4, max_depth=3, random_state=1), two)),
    case("gradient boosting, text labels", fitted(GradientBoostingClassifier(n_estimators=3, max_depth=2, random_state=1), three)),
    case("linear regression", fitted(LinearRegression(), numbers), options=None),
    case("one input a column", table_model(), inputs=named),
    case("with ZipMap", fitted(LogisticRegression(), two), options=None),
]
versions = {"scikit-learn": sklearn.__version__, "skl2onnx": skl2onnx.__version__, "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}
command = "python packages/tools/golden/onnx-models.py > test/golden/onnx-models/sklearn.json"
json.dump({"versions": versions, "command": command, "cases": cases}, sys.stdout, indent=1)
