import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramResult, repositoryRoot, runProgram } from '@model-gitops/tools';
import { type Lane, runLane } from './lane.ts';

// What `npm pack` gives, installed as a stranger would: into an empty folder that knows nothing of this repository.

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const table = 'id,amount,country\n1,10.5,DE\n2,,FR\n3,7.25,DE\n';

/** Settings of this repository and of the npm that runs this script stay out; registry and cache are the user's own. */
function strangersEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^npm_/i.test(name) || /^npm_config_(registry|cache|userconfig|globalconfig|.*proxy|cafile)$/i.test(name),
  );
  return Object.fromEntries(kept);
}

function runIn(folder: string, command: string, ...args: readonly string[]): Promise<ProgramResult> {
  return runProgram({ command, arguments: args, folder, environment: strangersEnvironment() });
}

function installedBin(folder: string): string {
  return join(folder, 'node_modules', 'model-gitops', 'dist', 'cli.js');
}

async function useIt(lane: Lane, folder: string): Promise<void> {
  const bin = installedBin(folder);
  const listed = await runIn(folder, process.execPath, bin, '--help');
  lane.claim('--help answers', listed.code === 0 && listed.stdout.includes('validate'), listed.stdout + listed.stderr);
  writeFileSync(join(folder, 'data.csv'), table);
  const profiled = await runIn(folder, process.execPath, bin, 'validate', 'data.csv', '--json');
  const document = profiled.stdout.startsWith('{') ? JSON.parse(profiled.stdout) : {};
  lane.claim(
    'validate profiles a CSV',
    profiled.code === 0 && document.profile?.rows === 3,
    profiled.stdout + profiled.stderr,
  );
  const suite = {
    name: 'amounts',
    expectations: [{ type: 'expect_column_values_to_not_be_null', kwargs: { column: 'amount' } }],
  };
  writeFileSync(join(folder, 'suite.json'), JSON.stringify(suite));
  const judged = await runIn(folder, process.execPath, bin, 'validate', 'data.csv', '--suite', 'suite.json', '--json');
  lane.claim(
    'and holds it to a suite',
    judged.code === 1 && judged.stdout.includes('"unexpected_count": 1'),
    judged.stdout + judged.stderr,
  );
}

await runLane(async (lane) => {
  const scratch = mkdtempSync(join(tmpdir(), 'model-gitops-pack-'));
  try {
    const packed = await runIn(repositoryRoot, npm, 'pack', '--pack-destination', scratch);
    const [tarball = ''] = readdirSync(scratch).filter((name) => name.endsWith('.tgz'));
    lane.claim('npm pack makes a package', packed.code === 0 && tarball !== '', packed.stderr);
    const folder = join(scratch, 'empty');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const options = ['--no-audit', '--no-fund', '--prefer-offline'];
    const installed = await runIn(folder, npm, 'install', ...options, join(scratch, tarball));
    lane.claim('it installs into an empty folder', installed.code === 0, installed.stdout + installed.stderr);
    if (installed.code === 0) await useIt(lane, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
