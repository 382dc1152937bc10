import { relative } from 'node:path';
import { linesOf, type ProgramResult, runInstalled } from '../run-program.ts';
import type { Check } from './check.ts';

const biome = '@biomejs/biome/bin/biome';

/** Reports a warning as an error: a warning that is allowed becomes normal. */
export const lint: Check = {
  name: 'lint and format',
  mend: 'npm run format',
  async find(root) {
    const args = ['check', '--error-on-warnings', '--reporter=github', '--max-diagnostics=100', '.'];
    const { code, stdout, stderr } = await runInstalled(root, biome, args);
    if (code === 0) return [];
    const found = linesOf(stdout).filter((line) => /^::(error|warning)/.test(line));
    return found.length > 0 ? found.map((line) => readable(line, root)) : linesOf(stdout + stderr);
  },
};

/** `::error title=rule,file=a.ts,line=3,…::text` as `a.ts:3 rule text`. */
function readable(line: string, root: string): string {
  const [, facts = '', text = ''] = line.match(/^::\w+ (.*?)::(.*)$/) ?? [];
  const fact = (name: string) => facts.match(new RegExp(`(?:^|,)${name}=([^,]*)`))?.[1] ?? '';
  return `${relative(root, fact('file'))}:${fact('line')} ${fact('title')} ${text}`;
}

export interface LintFinding {
  readonly path: string;
  readonly category: string;
  readonly message: string;
}

/** What the linter says of some paths, for those who plant faults. */
export async function lintFindings(root: string, paths: readonly string[]): Promise<readonly LintFinding[]> {
  const result: ProgramResult = await runInstalled(root, biome, [
    'lint',
    '--reporter=json',
    '--max-diagnostics=none',
    ...paths,
  ]);
  const line = linesOf(result.stdout).find((text) => text.startsWith('{')) ?? '{"diagnostics":[]}';
  const { diagnostics } = JSON.parse(line) as {
    diagnostics: { category: string; message: string; severity: string; location: { path: string } }[];
  };
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ category, message, location }) => ({ path: location.path.replaceAll('\\', '/'), category, message }));
}
