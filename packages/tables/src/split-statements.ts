/** A comment, a quoted text or name, a dollar-quoted text, a semicolon, or anything else. */
const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|;|[^;'"$/-]+|[\s\S]/g;

const isBlank = (sql: string) => sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() === '';

/** The statements of a script, without those that are nothing but space and comments. */
export function splitStatements(sql: string): readonly string[] {
  const statements = [''];
  for (const [text] of sql.matchAll(token)) {
    if (text === ';') statements.push('');
    else statements.push(`${statements.pop() ?? ''}${text}`);
  }
  return statements.filter((statement) => !isBlank(statement));
}
