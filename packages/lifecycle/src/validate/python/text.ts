import type { Cell, ColumnDescription } from '../../ports/index.ts';

/** Python's repr of a float: `1.0`, `1e+16`, `1e-05`. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** The shortest text that names the same single-precision number. */
function singleText(value: number): string {
  const digits = Array.from({ length: 9 }, (_, index) => Number(value.toPrecision(index + 1)));
  return floatText(digits.find((short) => Math.fround(short) === value) ?? value);
}

/**
 * What Python's `str` makes of a cell: patterns and lengths are judged on that. Whole numbers are floats there as soon
 * as one is missing.
 */
export function pythonText(
  cell: Exclude<Cell, null>,
  { kind, nativeType }: ColumnDescription,
  isFloat: boolean,
): string {
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  if (typeof cell === 'string') return kind === 'timestamp' ? cell.replace('T00:00:00', '').replace('T', ' ') : cell;
  if (!isFloat) return String(cell);
  return nativeType === 'FLOAT' ? singleText(Number(cell)) : floatText(Number(cell));
}
