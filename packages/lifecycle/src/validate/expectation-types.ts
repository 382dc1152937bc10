import { type ExpectationType, Raised } from './expectation.ts';
import { columnFigureTypes } from './types/column-figures.ts';
import { columnGroupTypes } from './types/column-groups.ts';
import { columnPairTypes } from './types/column-pairs.ts';
import { columnTypeTypes } from './types/column-types.ts';
import { distinctValueTypes } from './types/distinct-values.ts';
import { missingValueTypes } from './types/missing-values.ts';
import { tableShapeTypes } from './types/table-shape.ts';
import { uniquenessTypes } from './types/uniqueness.ts';
import { valueRangeTypes } from './types/value-ranges.ts';
import { valueSetTypes } from './types/value-sets.ts';
import { valueTextTypes } from './types/value-texts.ts';

/** Great Expectations' types that are known by name and not judged yet: each raises within its own result. */
const notYet = [
  'expect_column_kl_divergence_to_be_less_than',
  'expect_column_values_to_be_dateutil_parseable',
  'expect_column_values_to_match_json_schema',
  'expect_column_values_to_match_like_pattern',
  'expect_column_values_to_match_like_pattern_list',
  'expect_column_values_to_match_strftime_format',
  'expect_column_values_to_not_be_outliers',
  'expect_column_values_to_not_match_like_pattern',
  'expect_column_values_to_not_match_like_pattern_list',
  'expect_multicolumn_values_to_be_unique',
  'expect_query_results_to_match_comparison',
  'unexpected_rows_expectation',
  'expect_column_bootstrapped_ks_test_p_value_to_be_greater_than',
  'expect_column_chisquare_test_p_value_to_be_greater_than',
  'expect_column_pair_cramers_phi_value_to_be_less_than',
  'expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than',
] as const;

function refused(name: string): ExpectationType {
  return {
    kwargs: [],
    read: () => ({
      ask: () => {
        throw new Raised(`${name} is a type of Great Expectations that is not supported yet, so it was not judged.`);
      },
    }),
  };
}

/** Every type that a suite may name. Add one to the file of its family, and it is known, read and judged. */
export const expectationTypes: Readonly<Record<string, ExpectationType>> = {
  ...tableShapeTypes,
  ...missingValueTypes,
  ...columnTypeTypes,
  ...columnFigureTypes,
  ...distinctValueTypes,
  ...valueRangeTypes,
  ...valueSetTypes,
  ...valueTextTypes,
  ...uniquenessTypes,
  ...columnPairTypes,
  ...columnGroupTypes,
  ...Object.fromEntries(notYet.map((name) => [name, refused(name)])),
};

/** The type of that name, also as a class is named: `ExpectColumnToExist`. */
export function typeNamed(name: string): { readonly name: string; readonly type: ExpectationType } | null {
  const snake = /^Expect[A-Z]/.test(name) ? name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase() : name;
  const type = Object.hasOwn(expectationTypes, snake) ? expectationTypes[snake] : undefined;
  return type === undefined ? null : { name: snake, type };
}
