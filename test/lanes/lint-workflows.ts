import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  installActionlint,
  installPython,
  listSources,
  listYamlBlocks,
  type Neighbour,
  repositoryRoot,
  runProgram,
} from '@model-gitops/tools';
import { type Lane, runLane } from './lane.ts';

// actionlint and zizmor on everything that GitHub would run, and on everything that a reader would copy.

const scratch = join(repositoryRoot, '.scratch', 'lint-workflows');

/** The whole workflows among the examples of a Markdown file, as files that the linters take. */
function extractWorkflows(path: string): readonly string[] {
  const workflows = listYamlBlocks(path, readFileSync(join(repositoryRoot, path), 'utf8')).filter(({ text }) =>
    /^jobs:/m.test(text),
  );
  return workflows.map(({ text }, index) => {
    const file = join(scratch, dirname(path), '.github', 'workflows', `example-${index + 1}.yml`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
}

/** A linter is awake when it finds what is wrong with this. */
const badWorkflow = `on: pull_request_target
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@main
      - run: echo "\${{ github.event.pull_request.title }} \${{ matrix.nothing }}"
`;

async function lint(
  lane: Lane,
  { name, tool, args, files }: { name: string; tool: Neighbour; args: readonly string[]; files: readonly string[] },
): Promise<void> {
  if (!tool.isThere) {
    lane.skip(name, tool.why);
    return;
  }
  const run = (paths: readonly string[]) =>
    runProgram({ command: tool.path, arguments: [...args, ...paths], folder: repositoryRoot });
  for (const file of files) {
    const { code, stdout, stderr } = await run([file]);
    lane.claim(`${name}: ${file.replace(`${repositoryRoot}/`, '')}`, code === 0, stdout + stderr);
  }
  const bad = join(scratch, 'bad', '.github', 'workflows', 'bad.yml');
  mkdirSync(dirname(bad), { recursive: true });
  writeFileSync(bad, badWorkflow);
  const { code, stdout } = await run([bad]);
  lane.claim(`${name} finds what is wrong with a bad workflow`, code !== 0 && stdout.trim() !== '');
}

await runLane(async (lane) => {
  rmSync(scratch, { recursive: true, force: true });
  const sources = listSources(repositoryRoot);
  const workflows = sources.filter((path) => /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const definitions = sources.filter((path) => /^(actions\/[^/]+\/)?action\.ya?ml$/.test(path));
  const examples = sources.filter((path) => path.endsWith('.md')).flatMap(extractWorkflows);
  lane.claim(
    'there are workflows, actions and examples',
    [workflows, definitions, examples].every((l) => l.length > 0),
  );
  const actionlint = await installActionlint(repositoryRoot);
  await lint(lane, { name: 'actionlint', tool: actionlint, args: ['-no-color'], files: [...workflows, ...examples] });
  const python = await installPython(repositoryRoot, 'zizmor');
  const zizmor = python.isThere ? { ...python, path: join(python.path, 'zizmor') } : python;
  const args = ['--offline', '--no-progress', '--format=plain', '--config', '.github/zizmor.yml'];
  await lint(lane, { name: 'zizmor', tool: zizmor, args, files: [...workflows, ...definitions, ...examples] });
});
