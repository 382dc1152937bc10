"""What Great Expectations (pandas engine) answers for small tables, read from CSV and from Parquet.

python packages/tools/golden/great-expectations.py test/golden/great-expectations
needs: great_expectations==1.24.1 pyarrow
"""

import base64
import io
import json
import logging
import pathlib
import sys
import warnings

import great_expectations as gx
import numpy
import pandas
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

warnings.filterwarnings("ignore")
pandas.set_option("mode.string_storage", "python")  # otherwise pyarrow searches with RE2, where others have Python's re
logging.disable(logging.CRITICAL)
FORMATS = ["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"]

ORDERS = """id,amount,price,code,country,flag,day,note
1,10,1.5,AB-1,DE,True,2024-01-01,first
2,20,2.5,AB-2,FR,False,2024-01-02,
3,20,,CD-3,DE,True,2024-01-02,caf\u00e9
4,,4.0,ab-4,,False,2024-01-03,"two
lines"
5,50,-1.25,X,US,True,,caf\u00e9
6,60,1e3,AB-66,DE,True,2024-02-29,\U0001f600
"""
PAIRS = """a,b,c
1,2,x
2,1,x
3,3,y
,1,y
,,y
5,,y
2,1,x
"""
NUMBERS = """whole,big,odd
1,9007199254740993,1
2,9007199254740992,2
3,9007199254740994,inf
4,9007199254740995,3
"""
RECORDS = """id,a,b,c,s,f,flag,json
1,1,1,1,x1,1.5,True,"{""k"": 1}"
2,2,1,,x2,2.5,,[
3,2,,2,,,False,12
4,,,,yy,1.5,True,
5,5,5,5,x1,2.5,True,null text
"""
MANY = "v,w\n" + "".join(f"{(i * 7) % 30},k{i % 25:02d}\n" for i in range(90))
EMPTY = "id,amount,country\n"
HOLLOW = "id,amount,country\n1,,\n2,,\n"
CSV = {"orders": ORDERS, "pairs": PAIRS, "numbers": NUMBERS, "records": RECORDS, "many": MANY, "empty": EMPTY, "hollow": HOLLOW}


def parquet_tables():
    orders = pandas.read_csv(io.StringIO(ORDERS))
    orders["day"] = pandas.to_datetime(orders["day"])
    special = pandas.DataFrame(
        {
            "x": numpy.array([1.0, numpy.nan, 3.0, -numpy.inf]),
            "small": numpy.array([1, 2, 3, 3], dtype="int32"),
            "f": numpy.array([0.5, 0.25, 0.125, 0.5], dtype="float32"),
            "at": pandas.to_datetime(["2024-01-01T10:00:00", None, "2024-03-01T00:00:00.5", "2024-01-01T10:00:00"], format="ISO8601"),
        }
    )
    return {"orders_parquet": orders, "special": special}


def e(kind, **kwargs):
    return kind, kwargs


def between(kind, column, *bounds):
    return [e(kind, column=column, **bound) for bound in bounds]


def number_suite(column, bounds):
    kinds = ["max", "min", "mean", "median", "stdev", "sum"]
    return [case for kind in kinds for case in between(f"expect_column_{kind}_to_be_between", column, *bounds)]


COUNTS = [
    {"min_value": 1, "max_value": 3},
    {"min_value": 5},
    {"max_value": 0},
    {},
]
WIDE = [
    {"min_value": -1000, "max_value": 10000},
    {"min_value": 20, "max_value": 21},
    {"min_value": 50, "strict_min": True},
    {"max_value": 60, "strict_max": True},
    {},
]
TABLE = [
    e("expect_column_to_exist", column="id"),
    e("expect_column_to_exist", column="ID"),
    e("expect_column_to_exist", column="amount", column_index=1),
    e("expect_column_to_exist", column="amount", column_index=0),
    e("expect_column_to_exist", column="amount", column_index=2),
    e("expect_column_to_exist", column="amount", column_index=99),
    e("expect_table_row_count_to_equal", value=6),
    e("expect_table_row_count_to_equal", value=0),
    e("expect_table_row_count_to_be_between", min_value=1, max_value=6),
    e("expect_table_row_count_to_be_between", min_value=7),
    e("expect_table_row_count_to_be_between", max_value=6, strict_max=True),
    e("expect_table_row_count_to_be_between", min_value=5, strict_min=True),
    e("expect_table_column_count_to_equal", value=8),
    e("expect_table_column_count_to_equal", value=3),
    e("expect_table_column_count_to_be_between", min_value=1, max_value=3),
    e("expect_table_column_count_to_be_between", min_value=8),
    e("expect_table_columns_to_match_ordered_list", column_list=["id", "amount", "country"]),
    e("expect_table_columns_to_match_ordered_list", column_list=["amount", "id"]),
    e("expect_table_columns_to_match_set", column_set=["country", "amount", "id"]),
    e("expect_table_columns_to_match_set", column_set=["country", "amount", "id"], exact_match=False),
    e("expect_table_columns_to_match_set", column_set=["country", "zip"], exact_match=False),
    e("expect_table_columns_to_match_set", column_set=["country", "zip"]),
]


def null_suite(column):
    return [
        e("expect_column_values_to_not_be_null", column=column),
        e("expect_column_values_to_not_be_null", column=column, mostly=0.5),
        e("expect_column_values_to_be_null", column=column),
        e("expect_column_values_to_be_null", column=column, mostly=0.1),
    ]


def unique_suite(column):
    return [
        e("expect_column_values_to_be_unique", column=column),
        e("expect_column_values_to_be_unique", column=column, mostly=0.3),
        *between("expect_column_unique_value_count_to_be_between", column, *COUNTS),
        *between(
            "expect_column_proportion_of_unique_values_to_be_between",
            column,
            {"min_value": 0.5, "max_value": 1},
            {"max_value": 0.8},
            {"min_value": 1, "strict_min": True},
        ),
    ]


def set_suite(column, inside, part, outside):
    kinds = ["expect_column_values_to_be_in_set", "expect_column_values_to_not_be_in_set"]
    distinct = ["to_be_in_set", "to_contain_set", "to_equal_set"]
    return [
        *[e(kind, column=column, value_set=values) for kind in kinds for values in (inside, part, outside)],
        *[e(kind, column=column, value_set=part, mostly=0.5) for kind in kinds],
        *[
            e(f"expect_column_distinct_values_{kind}", column=column, value_set=values)
            for kind in distinct
            for values in (inside, part, outside)
        ],
    ]


def between_suite(column):
    return between(
        "expect_column_values_to_be_between",
        column,
        {"min_value": -10, "max_value": 2000},
        {"min_value": 20},
        {"max_value": 20, "strict_max": True},
        {"min_value": 10, "strict_min": True, "mostly": 0.6},
        {"min_value": 2, "max_value": 2.5, "strict_min": True, "strict_max": True, "mostly": 0.1},
    )


def regex_suite(column, *patterns):
    kinds = ["expect_column_values_to_match_regex", "expect_column_values_to_not_match_regex"]
    return [
        case
        for pattern in patterns
        for kind in kinds
        for case in (e(kind, column=column, regex=pattern), e(kind, column=column, regex=pattern, mostly=0.5))
    ]


def length_suite(column):
    return between(
        "expect_column_value_lengths_to_be_between",
        column,
        {"min_value": 1, "max_value": 9},
        {"min_value": 4},
        {"max_value": 4, "strict_max": True},
        {"min_value": 4, "strict_min": True, "mostly": 0.5},
    )


PAIR = [
    e("expect_column_pair_values_a_to_be_greater_than_b", column_A=a, column_B=b, **rest)
    for a, b in [("a", "b"), ("b", "a")]
    for rest in (
        {},
        {"or_equal": True},
        {"ignore_row_if": "both_values_are_missing"},
        {"ignore_row_if": "either_value_is_missing"},
        {"ignore_row_if": "neither"},
        {"mostly": 0.4, "ignore_row_if": "either_value_is_missing"},
    )
]
COMPOUND = [
    e("expect_compound_columns_to_be_unique", column_list=columns, **rest)
    for columns in (["a", "b"], ["a", "b", "c"], ["b", "c"])
    for rest in (
        {},
        {"ignore_row_if": "all_values_are_missing"},
        {"ignore_row_if": "any_value_is_missing"},
        {"ignore_row_if": "never"},
        {"mostly": 0.5},
    )
]


def type_suite(*columns):
    kinds = ["int", "int64", "float", "float64", "str", "object", "bool", "datetime64", "datetime64[ns]", "date"]
    return [e("expect_column_values_to_be_of_type", column=column, type_=kind) for column in columns for kind in kinds]


SUITES = {
    "orders": [
        *TABLE,
        *[case for column in ["id", "amount", "country", "flag", "note"] for case in null_suite(column)],
        *[case for column in ["id", "amount", "country", "flag", "note"] for case in unique_suite(column)],
        *set_suite("country", ["DE", "FR", "US"], ["DE", "XX"], [1, 2]),
        *set_suite("amount", [10, 20, 50, 60], [20, 99], ["20"]),
        *set_suite("price", [1.5, 2.5, 4, -1.25, 1000], [2.5], ["x"]),
        *set_suite("flag", [True, False], [True], ["True"]),
        *[case for column in ["id", "amount", "price"] for case in between_suite(column)],
        *between("expect_column_values_to_be_between", "country", {"min_value": "DE", "max_value": "FR"}, {"min_value": 3}),
        *between("expect_column_values_to_be_between", "day", {"min_value": "2024-01-02", "max_value": "2024-01-31"}),
        *regex_suite("code", "^AB", r"^[A-Z]{2}-\d$", r"(?i)^ab-\d+$", r"\d{2}$", "[", "(?<=A)B"),
        *regex_suite("note", "^caf.$", r"^\w+$", "two.lines", "(?s)two.lines", r"\blines", r"s$", r"^[^\W\d]{4}$"),
        *regex_suite("amount", r"^\d+$", r"^\d+\.0$"),
        *regex_suite("id", r"^\d+$"),
        *regex_suite("price", r"^1"),
        *regex_suite("flag", r"^True$"),
        *[case for column in ["code", "note", "amount", "id", "price", "flag"] for case in length_suite(column)],
        *[case for column in ["id", "amount", "price"] for case in number_suite(column, WIDE)],
        *between("expect_column_max_to_be_between", "country", {"min_value": "A", "max_value": "V"}, {"max_value": "F"}),
        *between("expect_column_min_to_be_between", "country", {"min_value": "A", "max_value": "V"}, {"min_value": 3}),
        *[e(f"expect_column_{kind}_to_be_between", column="country", min_value=0) for kind in ["mean", "median", "stdev"]],
        *[e(f"expect_column_{kind}_to_be_between", column="flag", min_value=0) for kind in ["mean", "max", "min", "sum"]],
        e("expect_column_values_to_not_be_null", column="nope"),
        e("expect_column_max_to_be_between", column="nope", min_value=0),
        e("expect_compound_columns_to_be_unique", column_list=["id", "nope"]),
        *type_suite("id", "amount", "price", "code", "flag"),
    ],
    "orders_parquet": [
        *null_suite("day"),
        *unique_suite("day"),
        *between("expect_column_min_to_be_between", "day", {"min_value": "2024-01-01", "max_value": "2024-01-02"}),
        *between("expect_column_max_to_be_between", "day", {"max_value": "2024-01-31"}, {"min_value": "2024-01-31"}),
        *between("expect_column_values_to_be_between", "day", {"min_value": "2024-01-02", "max_value": "2024-01-31"}),
        *between("expect_column_values_to_be_between", "day", {"min_value": "2024-01-02", "strict_min": True}),
        *type_suite("id", "amount", "code", "flag", "day"),
        *between_suite("amount"),
        *number_suite("price", WIDE),
        *set_suite("country", ["DE", "FR", "US"], ["DE", "XX"], [1, 2]),
        *regex_suite("amount", r"^\d+\.0$"),
    ],
    "special": [
        *[case for column in ["x", "small", "f"] for case in number_suite(column, WIDE)],
        *[case for column in ["x", "small", "f", "at"] for case in null_suite(column)],
        *[case for column in ["x", "small", "f", "at"] for case in unique_suite(column)],
        *between_suite("x"),
        *between_suite("small"),
        *between("expect_column_values_to_be_between", "at", {"min_value": "2024-01-01T10:00:00", "max_value": "2024-02-01"}),
    ],
    "pairs": [*PAIR, *COMPOUND],
    "numbers": [
        *[case for column in ["whole", "odd"] for case in number_suite(column, WIDE)],
        *unique_suite("big"),
        *unique_suite("odd"),
        *between_suite("odd"),
        *between("expect_column_values_to_be_between", "big", {"min_value": 9007199254740993}),
        *between("expect_column_max_to_be_between", "big", {"min_value": 9007199254740995}),
        *set_suite("big", [9007199254740992, 9007199254740993, 9007199254740994, 9007199254740995], [9007199254740993], [1]),
        *type_suite("big", "odd"),
    ],
    "many": [
        *unique_suite("v"),
        *set_suite("v", list(range(30)), [1, 2], [99]),
        *set_suite("w", [f"k{i:02d}" for i in range(25)], ["k01"], ["z"]),
        *between_suite("v"),
        *number_suite("v", WIDE),
        *regex_suite("w", r"^k0\d$"),
        e("expect_compound_columns_to_be_unique", column_list=["v", "w"]),
        e("expect_compound_columns_to_be_unique", column_list=["w"]),
    ],
}
IGNORED = [{}, {"ignore_row_if": "any_value_is_missing"}, {"ignore_row_if": "never"}]
IGNORED_PAIRS = [{}, {"ignore_row_if": "either_value_is_missing"}, {"ignore_row_if": "neither"}]
SUITES["records"] = [
    *[e("expect_column_pair_values_to_be_equal", column_A="a", column_B=b, **rest) for b in "bs" for rest in IGNORED_PAIRS],
    e("expect_column_pair_values_a_to_be_greater_than_b", column_A="a", column_B="s"),
    e("expect_column_pair_values_a_to_be_greater_than_b", column_A="s", column_B="json", or_equal=True),
    *[
        e("expect_column_pair_values_to_be_in_set", column_A="a", column_B="b", value_pairs_set=[[1, 1], [5, 5]], **rest)
        for rest in IGNORED_PAIRS
    ],
    *[
        e("expect_column_most_common_value_to_be_in_set", column=column, value_set=values, **rest)
        for column, values in [("a", [2]), ("f", [1.5]), ("s", ["x1", "z"]), ("flag", [True]), ("a", [9])]
        for rest in ({}, {"ties_okay": True})
    ],
    *[
        e("expect_column_values_to_match_regex_list", column="s", regex_list=regexes, **rest)
        for regexes in (["^x", "1$"], ["^z"], ["(?<=x)1", r"\d$"])
        for rest in ({}, {"match_on": "all"}, {"mostly": 0.5})
    ],
    e("expect_column_values_to_match_regex_list", column="a", regex_list=["^1", "0$"]),
    e("expect_column_values_to_match_regex_list", column="s", regex_list=[]),
    *[e("expect_column_values_to_not_match_regex_list", column="s", regex_list=regexes) for regexes in (["2$", "^y"], ["q"])],
    *[e("expect_column_value_lengths_to_equal", column=column, value=size) for column in "sa" for size in (2, 3)],
    *[
        e("expect_column_values_to_be_in_type_list", column=column, type_list=kinds)
        for column in ["id", "a", "s", "flag"]
        for kinds in (["int64", "int"], ["float64"], ["str", "object_"], ["bool"], ["int"], ["str"])
    ],
    *type_suite("flag"),
    e("expect_column_values_to_be_of_type", column="flag", type_="nonsense"),
    *[e("expect_column_type_to_be", column=column, type_=kind) for column in ["id", "a"] for kind in ("int64", "float64")],
    *between("expect_column_proportion_of_non_null_values_to_be_between", "a", {"min_value": 0.8}, {"max_value": 0.5}, {}),
    *[
        e("expect_column_quantile_values_to_be_between", column="a", quantile_ranges={"quantiles": quantiles, "value_ranges": ranges})
        for quantiles, ranges in [([0.25, 0.5, 0.9], [[1, 2], [None, 2], [5, None]]), ([0.1, 0.5], [[2, 3], [3, 4]])]
    ],
    *[
        e(f"expect_column_values_to_be_{direction}", column=column, **rest)
        for direction in ["increasing", "decreasing"]
        for column in ["id", "a", "f", "s"]
        for rest in ({}, {"strictly": True}, {"mostly": 0.5})
    ],
    *[e("expect_multicolumn_sum_to_equal", column_list=["a", "b", "c"], sum_total=total, **rest) for total in (3, 15) for rest in IGNORED],
    e("expect_multicolumn_sum_to_equal", column_list=["a", "s"], sum_total=3),
    *[
        e(kind, column_list=names, **rest)
        for kind in ["expect_multicolumn_values_to_be_equal", "expect_select_column_values_to_be_unique_within_record"]
        for names in (["a", "b", "c"], ["a", "b"])
        for rest in IGNORED
    ],
    *[
        e("expect_column_value_z_scores_to_be_less_than", column=column, threshold=1, double_sided=sided)
        for column in "as"
        for sided in (True, False)
    ],
    *[e("expect_column_values_to_be_json_parseable", column=column) for column in ["json", "s", "id"]],
    *between("expect_column_values_to_be_between", "flag", {"min_value": 1}),
    *between("expect_column_values_to_be_between", "a", {"min_value": 3, "max_value": 1}, {}),
    *set_suite("flag", [True, False], [1], ["True"]),
    *set_suite("a", [1, 2, 5], [True, 5], []),
    e("expect_column_median_to_be_between", column="flag", min_value=0),
    e("expect_column_stdev_to_be_between", column="flag", min_value=0),
    *null_suite("f"),
    *null_suite("json"),
]
for bare in ("empty", "hollow"):
    SUITES[bare] = [
        *TABLE,
        *null_suite("amount"),
        *unique_suite("amount"),
        *set_suite("country", ["DE"], ["FR"], [1]),
        *between_suite("amount"),
        *regex_suite("country", "^D"),
        *length_suite("country"),
        *number_suite("amount", WIDE),
        e("expect_column_pair_values_a_to_be_greater_than_b", column_A="id", column_B="amount"),
        e("expect_compound_columns_to_be_unique", column_list=["id", "amount"]),
        e("expect_compound_columns_to_be_unique", column_list=["amount", "country"]),
        *type_suite("id", "amount", "country"),
    ]


def raised(info):
    infos = [info] if "raised_exception" in info else list(info.values())
    told = [one["exception_message"] for one in infos if one["raised_exception"]]
    return told[0] if told else None


def answer(batch, kind, kwargs, result_format):
    try:
        config = ExpectationConfiguration(type=kind, kwargs=kwargs)
        found = batch.validate(config.to_domain_obj(), result_format=result_format).to_json_dict()
    except Exception as problem:  # noqa: BLE001 a suite that Great Expectations refuses outright is an answer as well
        return {"refused": type(problem).__name__}
    found["result"].pop("unexpected_index_query", None)
    return {"success": found["success"], "result": found["result"], "raised": raised(found["exception_info"])}


def finite(value):
    value = value.item() if isinstance(value, numpy.generic) else value
    if isinstance(value, float) and not numpy.isfinite(value):
        return "NaN" if numpy.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    return [finite(item) for item in value] if isinstance(value, list) else value


def main(folder):
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    tables = {name: ("csv", text, pandas.read_csv(io.StringIO(text))) for name, text in CSV.items()}
    for name, frame in parquet_tables().items():
        buffer = io.BytesIO()
        frame.to_parquet(buffer)
        text = base64.b64encode(buffer.getvalue()).decode()
        tables[name] = ("parquet", text, pandas.read_parquet(io.BytesIO(buffer.getvalue())))
    for name, suite in SUITES.items():
        file_format, content, frame = tables[name]
        asset = context.data_sources.add_pandas(name=name).add_dataframe_asset(name)
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch(batch_parameters={"dataframe": frame})
        cases = [
            {"type": kind, "kwargs": finite(kwargs), "answers": {form: finite(answer(batch, kind, kwargs, form)) for form in FORMATS}}
            for kind, kwargs in suite
        ]
        document = {
            "made": {
                "command": "python packages/tools/golden/great-expectations.py test/golden/great-expectations",
                "great_expectations": gx.__version__,
                "pandas": pandas.__version__,
            },
            "format": file_format,
            "content": content,
            "cases": cases,
        }
        path = pathlib.Path(folder) / f"{name}.json"
        path.write_text(json.dumps(document, ensure_ascii=True, indent=None, separators=(",", ":")).replace('{"type"', '\n{"type"') + "\n")
        print(name, len(cases), file=sys.stderr)


main(sys.argv[1])
