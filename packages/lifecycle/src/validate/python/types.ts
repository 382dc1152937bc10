import type { ColumnDescription, TableSource } from '../../ports/index.ts';

/** The type that pandas gives a column, and the Python type of its values where that says more. */
export interface PandasType {
  /** As Great Expectations reports it: `int64`, `float64`, `bool`, `str`, `object_`, `datetime64`, `Timestamp`. */
  readonly name: string;
  /** The resolution of `datetime64`. */
  readonly unit?: string;
  /** The Python types that the values of an `object_` column are instances of. */
  readonly values: readonly string[];
}

const whole: Readonly<Record<string, string>> = {
  TINYINT: 'int8', SMALLINT: 'int16', INTEGER: 'int32', BIGINT: 'int64', UTINYINT: 'uint8', USMALLINT: 'uint16', UINTEGER: 'uint32', UBIGINT: 'uint64',
}; // biome-ignore format: a small table
const units: Readonly<Record<string, string>> = {
  TIMESTAMP: 'us',
  TIMESTAMP_NS: 'ns',
  TIMESTAMP_MS: 'ms',
  TIMESTAMP_S: 's',
};
const objects: Readonly<Record<string, readonly string[]>> = {
  BOOLEAN: ['bool', 'int'],
  DATE: ['date'],
  TIME: ['time'],
  BLOB: ['bytes'],
};

/** Whole numbers and booleans change their type when one is missing; a text table without rows has no type at all. */
export function pandasType(
  { nativeType, kind }: ColumnDescription,
  {
    rows,
    missing,
    format,
  }: { readonly rows: number; readonly missing: number; readonly format: TableSource['format'] },
): PandasType {
  const plain = (name: string): PandasType => ({ name, values: [] });
  if (rows === 0 && format !== 'parquet') return plain('object_');
  const integer = whole[nativeType];
  if (integer !== undefined) return plain(missing > 0 ? 'float64' : integer);
  if (nativeType === 'FLOAT') return plain('float32');
  if (nativeType === 'DOUBLE') return plain('float64');
  if (kind === 'text') return plain('str');
  if (nativeType === 'BOOLEAN' && missing === 0) return plain('bool');
  if (nativeType.includes('ZONE')) return plain('Timestamp');
  const unit = units[nativeType];
  return unit === undefined
    ? { name: 'object_', values: objects[nativeType] ?? [] }
    : { name: 'datetime64', unit, values: [] };
}

/** Names that NumPy and Python know, with what they stand for; others name nothing. */
const numpyNames: Readonly<Record<string, string>> = {
  int: 'int64', i8: 'int64', long: 'int64', intp: 'int64', longlong: 'int64', i4: 'int32', intc: 'int32', i2: 'int16', short: 'int16', i1: 'int8', byte: 'int8',
  uint: 'uint64', u8: 'uint64', u4: 'uint32', u2: 'uint16', u1: 'uint8', float: 'float64', double: 'float64', f8: 'float64', d: 'float64', single: 'float32', f4: 'float32', f: 'float32',
  half: 'float16', bool: 'bool', bool_: 'bool', '?': 'bool', object: 'object_', object_: 'object_', O: 'object_', datetime64: 'datetime64', M8: 'datetime64', complex: 'complex128',
}; // biome-ignore format: a small table
const numpySizes = /^(u?int(8|16|32|64)|float(16|32|64)|complex(64|128))$/;
const pythonNames: Readonly<Record<string, string>> = {
  bool: 'bool', int: 'int', long: 'int', float: 'float', bytes: 'bytes', complex: 'complex', str: 'str', string_types: 'str', list: 'list', dict: 'dict',
}; // biome-ignore format: a small table
const valueNames: Readonly<Record<string, string>> = { date: 'date', datetime: 'datetime', time: 'time' };

/** What a type's name in a suite stands for. */
export interface NamedType {
  /** A NumPy type, by the name that Great Expectations reports. */
  readonly numpy: string | null;
  readonly unit: string | null;
  /** A Python type of single values. */
  readonly python: string | null;
}

export function typeNamed(name: string): NamedType {
  const dated = /^(?:datetime64|M8)\[(\w+)\]$/.exec(name);
  const numpy = dated !== null ? 'datetime64' : numpySizes.test(name) ? name : (numpyNames[name] ?? null);
  const python = pythonNames[name.toLowerCase()] ?? valueNames[name] ?? null;
  return { numpy, unit: dated?.[1] ?? null, python };
}

/** `str` is the one pandas type that is a Python type. */
export function isOfType({ name }: PandasType, { numpy, python }: NamedType): boolean {
  return numpy === name || (name === 'str' && python === 'str');
}

/** In a list, types are compared whole: dates by their unit as well, and pandas' `str` equals no name. */
export function isInTypeList({ name, unit }: PandasType, named: NamedType): boolean {
  return named.numpy === name && name !== 'str' && (name !== 'datetime64' || named.unit === unit);
}
