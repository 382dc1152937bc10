import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProgramResult, runProgram } from './run-program.ts';

/** A program that is not ours and that a lane needs: where it is, or why it is not there. */
export type Neighbour =
  | { readonly isThere: true; readonly path: string }
  | { readonly isThere: false; readonly why: string };

/** What is installed, pinned: the same answer today and next year. */
export const pins = {
  act: 'github.com/nektos/act@v0.2.89',
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
  node: '24.21.0',
  openapi: '@octokit/openapi@23.0.2',
  zizmor: ['zizmor==1.32.0'],
  pickle: ['scikit-learn==1.9.1', 'pandas==2.3.3'],
  greatExpectations: ['great_expectations==1.24.1', 'pandas==3.1.1', 'pyarrow==26.0.1'],
  onnx: [
    'scikit-learn==1.9.1',
    'skl2onnx==1.20.0',
    'onnx==1.23.2',
    'onnxruntime==1.32.0',
    'pandas==3.1.1',
    'pyarrow==26.0.1',
  ],
} as const;

type PythonTools = Exclude<keyof typeof pins, GoTool | 'node' | 'openapi'>;

const toolFolder = (root: string) => join(root, '.scratch', 'tools');

function absent(what: string, { code, stderr, stdout }: ProgramResult): Neighbour {
  const words = (stderr || stdout).trim().split('\n').slice(-3).join(' / ');
  return { isThere: false, why: `${what} ended with exit code ${code}: ${words}` };
}

async function attempt(what: string, run: () => Promise<ProgramResult>): Promise<ProgramResult | Neighbour> {
  try {
    return await run();
  } catch (cause) {
    return { isThere: false, why: `${what} could not be started: ${cause instanceof Error ? cause.message : cause}` };
  }
}

function isNeighbour(answer: ProgramResult | Neighbour): answer is Neighbour {
  return 'isThere' in answer;
}

type GoTool = 'act' | 'actionlint';

/** A program built by Go from its source. */
async function installByGo(root: string, name: GoTool): Promise<Neighbour> {
  const folder = join(toolFolder(root), 'bin');
  const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  const stamp = join(folder, `${name}.pin`);
  const pin = pins[name];
  if (existsSync(path) && existsSync(stamp) && readFileSync(stamp, 'utf8') === pin) return { isThere: true, path };
  mkdirSync(folder, { recursive: true });
  const answer = await attempt('go install', () =>
    runProgram({
      command: 'go',
      arguments: ['install', pin],
      folder: root,
      environment: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
    }),
  );
  if (isNeighbour(answer)) return answer;
  if (answer.code !== 0) return absent('go install', answer);
  writeFileSync(stamp, pin);
  return { isThere: true, path };
}

/** A linter of workflows. */
export function installActionlint(root: string): Promise<Neighbour> {
  return installByGo(root, 'actionlint');
}

/** Runs workflows on this machine. */
export function installAct(root: string): Promise<Neighbour> {
  return installByGo(root, 'act');
}

/** The Node that GitHub's runners start actions with (`using: node24`), from its npm package. */
export async function installNode(root: string): Promise<Neighbour> {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${os}-${process.arch}`;
  const folder = join(toolFolder(root), `node-${pins.node}`);
  const path = join(folder, 'node_modules', name, 'bin', os === 'win' ? 'node.exe' : 'node');
  if (existsSync(path)) return { isThere: true, path };
  mkdirSync(folder, { recursive: true });
  const install = ['install', '--prefix', folder, '--no-workspaces', '--no-package-lock', `${name}@${pins.node}`];
  const answer = await attempt('npm install', () => runProgram({ command: 'npm', arguments: install, folder }));
  if (isNeighbour(answer)) return answer;
  if (answer.code !== 0 || !existsSync(path)) return absent('npm install', answer);
  return { isThere: true, path };
}

const described = 'api.github.com.json';

async function unpackDescription(folder: string, file: string): Promise<Neighbour> {
  const pack = ['pack', pins.openapi, '--silent', '--pack-destination', folder];
  const packed = await attempt('npm pack', () => runProgram({ command: 'npm', arguments: pack, folder }));
  if (isNeighbour(packed)) return packed;
  const archive = packed.stdout.trim().split('\n').at(-1) ?? '';
  if (packed.code !== 0 || archive === '') return absent('npm pack', packed);
  const unpack = ['-xzf', archive, '--strip-components=2', `package/generated/${described}`];
  const unpacked = await attempt('tar', () => runProgram({ command: 'tar', arguments: unpack, folder }));
  rmSync(join(folder, archive), { force: true });
  if (isNeighbour(unpacked)) return unpacked;
  return unpacked.code === 0 && existsSync(file) ? { isThere: true, path: file } : absent('tar', unpacked);
}

/** GitHub's description of its REST API: one file out of a package that is thirty times as large. */
export async function installOpenApi(root: string): Promise<Neighbour> {
  const folder = join(toolFolder(root), pins.openapi.replaceAll('/', '-'));
  const file = join(folder, described);
  if (existsSync(file)) return { isThere: true, path: file };
  mkdirSync(folder, { recursive: true });
  return unpackDescription(folder, file);
}

/** A Python of its own with pinned packages: the path is that of its `bin`. */
export async function installPython(root: string, name: PythonTools): Promise<Neighbour> {
  const folder = join(toolFolder(root), name);
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const stamp = join(folder, 'packages.pin');
  const packages = pins[name];
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packages.join(' ')) return { isThere: true, path: bin };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(toolFolder(root), { recursive: true });
  const made = await attempt('python3 -m venv', () =>
    runProgram({ command: 'python3', arguments: ['-m', 'venv', folder], folder: root }),
  );
  if (isNeighbour(made)) return made;
  if (made.code !== 0) return absent('python3 -m venv', made);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  const filled = await runProgram({ command: join(bin, 'python'), arguments: install, folder: root });
  if (filled.code !== 0) return absent('pip install', filled);
  writeFileSync(stamp, packages.join(' '));
  return { isThere: true, path: bin };
}
