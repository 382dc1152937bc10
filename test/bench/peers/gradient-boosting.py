"""Fits a gradient boosting on the first rows of a table: gradient-boosting.py <table.parquet> <model.onnx>

needs: scikit-learn skl2onnx pandas pyarrow
"""

import sys

import numpy
import pandas
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import GradientBoostingClassifier

table, path = sys.argv[1:]
rows = pandas.read_parquet(table).head(20_000)
features = rows.drop(columns=["label"]).to_numpy(dtype=numpy.float32)
model = GradientBoostingClassifier(n_estimators=100, max_depth=3, random_state=7).fit(features, rows["label"])
inputs = [("features", FloatTensorType([None, features.shape[1]]))]
with open(path, "wb") as file:
    options = {id(model): {"zipmap": False}}
    onnx = convert_sklearn(model, initial_types=inputs, options=options, target_opset={"": 17, "ai.onnx.ml": 3})
    file.write(onnx.SerializeToString())
