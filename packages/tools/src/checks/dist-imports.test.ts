import { describe, expect, it } from 'vitest';
import { strangeImports } from './dist-imports.ts';

const findings = (text: string) => strangeImports('dist/a.js', text);

describe('a bundled file', () => {
  it('may ask for its own chunks and for what Node has', () => {
    const text = `import{createRequire as e}from"module";import x from './b.js';
export const load=()=>import("./c.js");const fs=e(import.meta.url)("node:fs");loadEngine("onnxruntime-node")`;
    expect(findings(text)).toEqual([]);
  });

  it.each([
    ['a static import', 'import * as ort from "onnxruntime-node";'],
    ['an import for its effect', 'import "onnxruntime-node";'],
    ['a dynamic import', 'const a = await import("onnxruntime-node");'],
    ['a re-export', 'export { Tensor } from "onnxruntime-node";'],
    ['a require', 'const a = require("onnxruntime-node");'],
    ['a require made on the spot', 'const a=createRequire(import.meta.url)("onnxruntime-node");'],
  ])('may not ask for an engine by %s', (_, text) => {
    expect(findings(text)).toEqual(['dist/a.js imports onnxruntime-node, which is not there where the action runs']);
  });

  it('may not hold a hole where a module was missing', () => {
    expect(findings('module.exports=eval("require")("../verbs/train.ts")')).toEqual([
      'dist/a.js was bundled while ../verbs/train.ts was missing',
    ]);
  });
});
