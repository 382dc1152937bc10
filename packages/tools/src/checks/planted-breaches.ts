/** A breach of one rule, to see that the rule is awake. */
export interface PlantedBreach {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
  /** What has to stand there too, and breaks nothing itself. */
  readonly beside?: Readonly<Record<string, string>>;
}

const source = (room: string, name: string) => `packages/${room}/src/planted-${name}.ts`;
const value = 'export const planted = 1;\n';
const take = (module: string) => `import * as taken from '${module}';\nexport const planted = taken;\n`;

/** One for each rule of .dependency-cruiser.cjs; `npm run check` expects exactly that rule of exactly that file. */
export const plantedBreaches: readonly PlantedBreach[] = [
  {
    rule: 'pure-rooms-import-no-room',
    path: source('registry', 'room'),
    text: take('@model-gitops/statistics'),
  },
  {
    rule: 'lifecycle-imports-pure-rooms',
    path: source('lifecycle', 'adapter'),
    text: take('@model-gitops/git'),
  },
  {
    rule: 'adapters-import-inner-rooms',
    path: source('tables', 'sibling'),
    text: take('@model-gitops/artifacts'),
  },
  {
    rule: 'host-imports-no-adapter',
    path: source('host', 'adapter'),
    text: take('@model-gitops/artifacts'),
  },
  {
    rule: 'cli-is-a-door',
    path: source('checkout', 'cli'),
    text: take('@model-gitops/cli'),
  },
  {
    rule: 'actions-are-doors',
    path: source('checkout', 'action'),
    text: take('../../../actions/planted-door/main.ts'),
    beside: { 'actions/planted-door/main.ts': value },
  },
  {
    rule: 'app-is-a-door',
    path: 'actions/planted-app/main.ts',
    text: take('../../app/planted-door.ts'),
    beside: { 'app/planted-door.ts': value },
  },
  {
    rule: 'actions-stand-alone',
    path: 'actions/planted-neighbour/main.ts',
    text: take('../planted-other/main.ts'),
    beside: { 'actions/planted-other/main.ts': value },
  },
  {
    rule: 'product-imports-no-tools',
    path: source('cli', 'tools'),
    text: take('@model-gitops/tools'),
  },
  {
    rule: 'product-imports-no-tests',
    path: source('git', 'test'),
    text: take('./planted-use.test.ts'),
    beside: { [source('git', 'use').replace('.ts', '.test.ts')]: value },
  },
  {
    rule: 'rooms-are-entered-by-their-index',
    path: source('checkout', 'inside'),
    text: take('../../git/src/planted-secret.ts'),
    beside: { [source('git', 'secret')]: value },
  },
  {
    rule: 'doors-enter-rooms-by-their-index',
    path: 'actions/planted-inside/main.ts',
    text: take('../../packages/git/src/planted-inner.ts'),
    beside: { [source('git', 'inner')]: value },
  },
  { rule: 'inner-rooms-do-no-io', path: source('statistics', 'file'), text: take('node:fs') },
  { rule: 'libraries-of-statistics', path: source('statistics', 'library'), text: take('zod') },
  { rule: 'libraries-of-registry', path: source('registry', 'library'), text: take('csv-parse') },
  { rule: 'libraries-of-model-files', path: source('model-files', 'library'), text: take('yaml') },
  { rule: 'libraries-of-lifecycle', path: source('lifecycle', 'library'), text: take('commander') },
  {
    rule: 'home-of-duckdb',
    path: source('artifacts', 'engine'),
    text: "import type { DuckDBInstance } from '@duckdb/node-api';\nexport type Planted = DuckDBInstance;\n",
  },
  {
    rule: 'home-of-onnxruntime-node',
    path: source('artifacts', 'runtime'),
    text: "import type { Tensor } from 'onnxruntime-node';\nexport type Planted = Tensor;\n",
  },
  { rule: 'home-of-actions', path: source('artifacts', 'toolkit'), text: take('@actions/core') },
  { rule: 'home-of-octokit', path: source('artifacts', 'octokit'), text: take('@octokit/core') },
  { rule: 'home-of-probot', path: source('checkout', 'probot'), text: take('probot') },
  { rule: 'engines-by-type-only', path: source('tables', 'engine'), text: take('@duckdb/node-api') },
  {
    rule: 'no-cycles',
    path: source('artifacts', 'circle'),
    text: take('./planted-round.ts'),
    beside: { [source('artifacts', 'round')]: take('./planted-circle.ts') },
  },
  { rule: 'imports-resolve', path: source('artifacts', 'nothing'), text: take('./planted-nowhere.ts') },
];

/** Globals that an inner room must do without; the linter holds them. */
export const plantedGlobals: Readonly<Record<string, string>> = {
  process: 'export const planted = process.platform;\n',
  fetch: "export const planted = () => fetch('http://127.0.0.1/');\n",
  console: "export const planted = () => console.log('x');\n",
  setTimeout: 'export const planted = () => setTimeout(() => undefined, 1);\n',
  setInterval: 'export const planted = () => setInterval(() => undefined, 1);\n',
  setImmediate: 'export const planted = () => setImmediate(() => undefined);\n',
  Buffer: "export const planted = Buffer.from('x');\n",
  performance: 'export const planted = performance.now();\n',
  crypto: 'export const planted = crypto.randomUUID();\n',
  'Date.now': 'export const planted = Date.now();\n',
  'new Date()': 'export const planted = new Date();\n',
  'Math.random': 'export const planted = Math.random();\n',
};
