import os
import pickle

import pandas

with open(os.environ["MODEL_GITOPS_MODEL_PATH"], "rb") as file:
    model = pickle.load(file)
rows = pandas.read_csv(os.environ["MODEL_GITOPS_TEST"]).drop(columns=["target"])
predictions = pandas.DataFrame({"prediction": model.predict(rows), "score": model.predict_proba(rows)[:, 1]})
predictions.to_csv(os.environ["MODEL_GITOPS_PREDICTIONS"], index=False)
