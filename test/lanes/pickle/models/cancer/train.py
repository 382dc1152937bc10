import json
import os
import pickle

import pandas
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rows = pandas.read_csv(os.environ["MODEL_GITOPS_TRAIN"])
parameters = json.loads(os.environ["MODEL_GITOPS_PARAMETERS"])
model = make_pipeline(StandardScaler(), LogisticRegression(C=parameters["C"], max_iter=1000))
model.fit(rows.drop(columns=["target"]), rows["target"])
with open(os.environ["MODEL_GITOPS_MODEL_PATH"], "wb") as file:
    pickle.dump(model, file)
print("trained on", len(rows), "rows")
