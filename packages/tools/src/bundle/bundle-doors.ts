import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transform } from 'esbuild';
import type { GeneratedFiles } from '../generators/generated-files.ts';
import { listActions, renderActionStub, renderCommandLineStub, renderEntry } from './doors.ts';

/** Native engines stay out: a bundle would hold those of the machine that built it (70 MB), and not the others. */
export const engines = ['onnxruntime-node', '@duckdb/node-api'] as const;

interface Bundle {
  readonly code: string;
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
}

type Ncc = (entry: string, options: Readonly<Record<string, unknown>>) => Promise<Bundle>;

/** ncc looks for a tsconfig beside the entry. Emitting code is what `noEmit` forbids, and `.ts` imports need one of the two. */
const typescriptConfig = {
  extends: '../../tsconfig.json',
  compilerOptions: { rootDir: '../..', noEmit: false, declaration: true, emitDeclarationOnly: true },
  include: ['.'],
  exclude: [],
};

function writeEntry(root: string): string {
  const folder = join(root, '.scratch', 'bundle');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(typescriptConfig));
  writeFileSync(join(folder, 'entry.ts'), renderEntry(listActions(root)));
  return join(folder, 'entry.ts');
}

async function runNcc(entry: string): Promise<Bundle> {
  const ncc = createRequire(import.meta.url)('@vercel/ncc') as Ncc;
  return ncc(entry, {
    cache: false,
    esm: true,
    externals: [...engines],
    license: 'licenses.txt',
    minify: false,
    quiet: true,
    sourceMap: false,
    target: 'es2022',
    transpileOnly: true,
  });
}

/** Comments and blanks go, names stay: a stack trace in a bug report still says where it was. */
async function compact(code: string): Promise<string> {
  const result = await transform(code, {
    loader: 'js',
    minifyWhitespace: true,
    legalComments: 'none',
    target: 'es2023',
  });
  return result.code;
}

/** One bundle for all doors, and a stub of a few lines for each: every `uses:` downloads the whole repository. */
export async function bundleDoors(root: string): Promise<GeneratedFiles> {
  const bundle = await runNcc(writeEntry(root));
  const files = new Map<string, string>([['dist/bundle/index.js', await compact(bundle.code)]]);
  for (const [name, { source }] of Object.entries(bundle.assets)) {
    const text = source.toString();
    files.set(`dist/bundle/${name}`, name.endsWith('.js') ? await compact(text) : text);
  }
  files.set('dist/package.json', '{ "type": "module" }\n');
  files.set('dist/cli.js', renderCommandLineStub());
  for (const name of listActions(root)) files.set(`dist/actions/${name}.js`, renderActionStub(name));
  return files;
}
