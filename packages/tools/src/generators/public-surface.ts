import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readActions } from '../actions/read-action.ts';
import type { Generator } from './generated-files.ts';

function openProgram(root: string): { readonly program: ts.Program; readonly rooms: ReadonlyMap<string, string> } {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config as { compilerOptions: object };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const rooms = readdirSync(join(root, 'packages'))
    .toSorted()
    .map((name): [string, string] => [name, join(root, 'packages', name, 'src', 'index.ts')])
    .filter(([, path]) => existsSync(path));
  return { program: ts.createProgram([...new Map(rooms).values()], options), rooms: new Map(rooms) };
}

const format = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.WriteArrowStyleSignature;

function declaredText(symbol: ts.Symbol): string {
  const printer = ts.createPrinter({ removeComments: true });
  const texts = (symbol.declarations ?? [])
    .filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
    .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()));
  return texts
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/^export /, '');
}

function signatureText(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (declaration === undefined) return symbol.name;
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  return `${symbol.name}: ${checker.typeToString(type, declaration, format).replace(/\s+/g, ' ')}`;
}

function describeExport(checker: ts.TypeChecker, exported: ts.Symbol): string {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
  if ((symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0 && !isValue(symbol))
    return declaredText(symbol) || `type ${exported.name}`;
  return `const ${signatureText(checker, symbol)}`;
}

function isValue(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Value) !== 0;
}

function describeRoom(program: ts.Program, path: string): readonly string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) return [];
  return checker
    .getExportsOfModule(module)
    .map((symbol) => `  ${describeExport(checker, symbol)}`)
    .toSorted();
}

/** What rooms and actions promise to others, in one file: a change of it shows in the difference of a pull request. */
export const publicSurface: Generator = {
  name: 'surface',
  async generate(root) {
    const { program, rooms } = openProgram(root);
    const ofRooms = [...rooms].flatMap(([name, path]) => [`@model-gitops/${name}`, ...describeRoom(program, path), '']);
    const ofActions = readActions(root).flatMap(({ name, inputs, outputs }) => [
      `actions/${name}`,
      ...inputs.map((input) => `  input ${input.name}${input.required ? ' (required)' : ` = ${input.default ?? ''}`}`),
      ...outputs.map((output) => `  output ${output.name}`),
      '',
    ]);
    return new Map([['packages/tools/surface.txt', [...ofRooms, ...ofActions].join('\n')]]);
  },
};
