// The directions of the rooms (.github/CONTRIBUTING.md). `npm run check` plants one breach a rule and expects that rule.

const pure = 'statistics|registry|model-files';
const inner = `${pure}|lifecycle`;
const adapters = 'git|github|tables|inference|artifacts|serving|tracking';
const tests = ['[.]test[.]ts$', '/src/testing/', '^actions/testing/'];

/** The libraries that a room may use; they are pure as well. */
const libraries = {
  statistics: ['cephes', 'simple-statistics'],
  registry: ['zod', 'yaml', 'semver'],
  'model-files': ['zod', '@bufbuild/protobuf', 'fflate'],
  lifecycle: ['zod', 'yaml', '@bufbuild/cel', 'picomatch'],
};

/** Each engine and toolkit has one home; the stand-in speaks GitHub's types, the tools install what they build with. */
const homes = {
  '@duckdb/': 'packages/tables',
  'onnxruntime-node': 'packages/inference',
  '@actions/': 'packages/host',
  '@octokit/': 'packages/github',
  probot: 'app',
};

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const libraryRules = Object.entries(libraries).map(([room, names]) =>
  forbid(
    `libraries-of-${room}`,
    `${room} is pure: besides @noble/hashes it uses ${names.join(', ')}.`,
    { path: `^packages/${room}/src/`, pathNot: tests },
    { path: 'node_modules/', pathNot: [...names, '@noble/hashes'].map((name) => `node_modules/${name}/`) },
  ),
);

const homeRules = Object.entries(homes).map(([engine, home]) =>
  forbid(
    `home-of-${engine.replace(/[@/]/g, '')}`,
    `${engine} has one home: ${home}. Others ask it through a port.`,
    { path: '^(packages|actions|app)/', pathNot: [`^${home}/`, '^packages/(tools|stand-in)/', ...tests] },
    { path: `node_modules/${engine}` },
  ),
);

module.exports = {
  forbidden: [
    forbid(
      'pure-rooms-import-no-room',
      'statistics, registry and model-files stand alone.',
      { path: `^packages/(${pure})/src/` },
      { path: '^packages/', pathNot: '^packages/$1/' },
    ),
    forbid(
      'lifecycle-imports-pure-rooms',
      'Use cases know the pure rooms and their own ports; adapters are handed in.',
      { path: '^packages/lifecycle/src/' },
      { path: '^packages/', pathNot: `^packages/(${inner})/` },
    ),
    forbid(
      'adapters-import-inner-rooms',
      'Adapters implement ports, and never import each other or a door.',
      { path: `^packages/(${adapters})/src/` },
      { path: '^packages/', pathNot: [`^packages/(${inner})/`, '^packages/$1/'] },
    ),
    forbid(
      'host-imports-no-adapter',
      'The kit of the doors knows the inner rooms only.',
      { path: '^packages/host/src/' },
      { path: '^packages/', pathNot: `^packages/(${inner}|host)/` },
    ),
    forbid(
      'cli-is-a-door',
      'A door wires; nobody stands behind it.',
      { path: '^(packages|actions|app)/', pathNot: '^packages/(cli|tools)/' },
      { path: '^packages/cli/' },
    ),
    forbid(
      'app-is-a-door',
      'A door wires; nobody stands behind it.',
      { path: '^(packages|actions)/', pathNot: '^packages/tools/' },
      { path: '^app/' },
    ),
    forbid(
      'actions-are-doors',
      'A door wires; nobody stands behind it.',
      { path: '^(packages|app)/', pathNot: '^packages/tools/' },
      { path: '^actions/' },
    ),
    forbid(
      'actions-stand-alone',
      'What two actions share stands beside their folders.',
      { path: '^actions/([^/]+)/', pathNot: tests },
      { path: '^actions/[^/]+/', pathNot: '^actions/$1/' },
    ),
    forbid(
      'product-imports-no-tools',
      'packages/tools and packages/stand-in build and test the product; they are no part of it.',
      { path: '^(packages|actions|app)/', pathNot: '^packages/(tools|stand-in)/' },
      { path: '^packages/(tools|stand-in)/' },
    ),
    forbid(
      'product-imports-no-tests',
      'Tests and in-memory twins are for tests.',
      { path: '^(packages|actions|app)/', pathNot: tests },
      { path: [...tests, '^test/'] },
    ),
    forbid(
      'rooms-are-entered-by-their-index',
      "What is not exported by src/index.ts is the room's own.",
      { path: '^packages/([^/]+)/', pathNot: tests },
      { path: '^packages/[^/]+/src/', pathNot: ['^packages/$1/', '^packages/[^/]+/src/index[.]ts$', '/src/testing/'] },
    ),
    forbid(
      'doors-enter-rooms-by-their-index',
      "What is not exported by src/index.ts is the room's own.",
      { path: '^(actions|app)/', pathNot: tests },
      {
        path: '^packages/',
        pathNot: ['^packages/[^/]+/src/index[.]ts$', '/src/testing/', '^packages/cli/', '^packages/(tools|stand-in)/'],
      },
    ),
    forbid(
      'inner-rooms-do-no-io',
      'Files, processes and networks are reached through ports.',
      { path: `^packages/(${inner})/src/`, pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    ...libraryRules,
    ...homeRules,
    forbid(
      'engines-by-type-only',
      'A bundler hoists even import() of an engine to the top of the bundle: `import type`, and the injected loadEngine.',
      { path: '^(packages|actions|app)/', pathNot: tests },
      { path: 'node_modules/(@duckdb/|onnxruntime-node)', dependencyTypesNot: ['type-only', 'type-import'] },
    ),
    forbid('no-cycles', 'A cycle has no beginning to read from.', {}, { circular: true }),
    forbid('imports-resolve', 'The module is not there.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|[.]scratch|[.]demo)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.mts', '.d.mts'],
    },
  },
};
