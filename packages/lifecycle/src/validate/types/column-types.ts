import { z } from 'zod';
import { expectationType, type Question, question, Raised, type TableFacts } from '../expectation.ts';
import { column, mostly } from '../kwargs.ts';
import { observed } from '../observed-result.ts';
import { isInTypeList, isOfType, type NamedType, type PandasType, pandasType, typeNamed } from '../python/types.ts';
import { columnNamed } from '../table-facts.ts';
import { askValues } from '../unexpected-result.ts';

/** Expectations about the type that pandas gives a column, or that its values have where that is `object`. */

function withType(name: string, table: TableFacts, judge: (type: PandasType) => Question): Question {
  const described = columnNamed(table, name);
  return question({ missing: { kind: 'missing', column: name } }, ({ missing }) =>
    judge(pandasType(described, { rows: table.rows, format: table.format, missing })),
  );
}

/** Values of `object` columns are asked one by one; here they all have one type. */
function askInstances(
  kwargs: { readonly column: string; readonly mostly: number },
  type: PandasType,
  named: readonly NamedType[],
  table: TableFacts,
) {
  const known = named.filter(({ numpy, python }) => numpy !== null || python !== null);
  if (known.length === 0 && table.rows > 0) throw new Raised('The named types are none that NumPy or Python know.');
  const isInstance = known.some(({ python }) => python !== null && type.values.includes(python));
  const condition = {
    kind: 'accepted',
    column: kwargs.column,
    key: `instance ${isInstance}`,
    accepts: () => isInstance,
  } as const;
  return askValues(kwargs.column, condition, kwargs.mostly, table);
}

const judged = (success: boolean, { name }: PandasType, table: TableFacts): Question => ({
  ask: [],
  judge: () => observed(table, success, name),
});

export const columnTypeTypes = {
  expect_column_values_to_be_of_type: expectationType({ column, mostly, type_: z.string() }, (kwargs, table) =>
    withType(kwargs.column, table, (type) => {
      const named = typeNamed(kwargs.type_);
      const isWhole = type.name !== 'object_' || named.numpy === 'object_';
      return isWhole ? judged(isOfType(type, named), type, table) : askInstances(kwargs, type, [named], table);
    }),
  ),
  expect_column_values_to_be_in_type_list: expectationType(
    { column, mostly, type_list: z.array(z.string()) },
    (kwargs, table) =>
      withType(kwargs.column, table, (type) => {
        const named = kwargs.type_list.map(typeNamed);
        if (type.name === 'object_') return askInstances(kwargs, type, named, table);
        return judged(
          named.some((one) => isInTypeList(type, one)),
          type,
          table,
        );
      }),
  ),
  expect_column_type_to_be: expectationType({ column, type_: z.string() }, (kwargs, table) =>
    withType(kwargs.column, table, (type) => judged(isOfType(type, typeNamed(kwargs.type_)), type, table)),
  ),
} as const;
