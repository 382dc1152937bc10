/** A name in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL. The engine takes statements up to the first NUL, so that one is spelled out. */
export function literal(text: string): string {
  return text
    .split('\u0000')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}

export function listed(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}
