"""Validates a Parquet file as Great Expectations' users do: great-expectations.py <table.parquet> <suite.json>

needs: great_expectations==1.24.1 pandas pyarrow
"""

import json
import logging
import sys
import warnings

import great_expectations as gx
import pandas
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

table, suite_file = sys.argv[1:]
with open(suite_file, encoding="utf-8") as file:
    wanted = json.load(file)
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
asset = context.data_sources.add_pandas("files").add_dataframe_asset("table")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": pandas.read_parquet(table)})
suite = gx.ExpectationSuite(name=wanted["name"])
for one in wanted["expectations"]:
    suite.add_expectation(ExpectationConfiguration(type=one["type"], kwargs=one["kwargs"]).to_domain_obj())
answer = batch.validate(suite, result_format="SUMMARY")
print(json.dumps([[result.expectation_config.type, result.success] for result in answer.results]))
