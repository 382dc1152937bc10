"""Runs a program and tells what it took: usage.py <answer.json> <command> [argument ...]

Children that the program waited for are counted; the peak is that of the largest process.
"""

import json
import os
import subprocess
import sys
import time

answer, command = sys.argv[1], sys.argv[2:]
unit = 2**20 if sys.platform == "darwin" else 2**10
start = time.perf_counter()
process = subprocess.Popen(command)
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
with open(answer, "w", encoding="utf-8") as file:
    told = {"seconds": seconds, "cpuSeconds": usage.ru_utime + usage.ru_stime, "peakMegabytes": usage.ru_maxrss / unit}
    json.dump(told, file)
sys.exit(os.waitstatus_to_exitcode(status))
