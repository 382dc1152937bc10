"""Wilson intervals of shares, by SciPy.

python packages/tools/golden/scipy-intervals.py test/golden/scipy
needs: scipy==1.17.1
"""

import json
import pathlib
import sys

import scipy
from scipy.stats import binomtest

COMMAND = "python packages/tools/golden/scipy-intervals.py test/golden/scipy"
PAIRS = [(0, 1), (1, 1), (0, 10), (5, 10), (10, 10), (1, 30), (221, 228), (228, 228), (999, 1000), (123456, 1000000), (0, 1000000)]


def case(good, rows):
    interval = binomtest(good, rows).proportion_ci(confidence_level=0.95, method="wilson")
    return {"good": good, "rows": rows, "low": float(interval.low), "high": float(interval.high)}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    document = {"made": {"command": COMMAND, "scipy": scipy.__version__}, "cases": [case(*pair) for pair in PAIRS]}
    (folder / "wilson.json").write_text(json.dumps(document, indent=1) + "\n")
