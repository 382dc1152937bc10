import { resolve } from 'node:path';
import { installEngines as install, listEngines as list, packEngines as pack } from '@model-gitops/host';
import { answerWith } from '@model-gitops/lifecycle';
import { listOption, textOption } from '../read-options.ts';
import { describeEngines, type EnginesDocument } from '../reports/describe-engines.ts';
import type { Call, Perform } from '../verb.ts';

/** Engines by the names that people know; the names of their packages are understood too. */
const packages: Readonly<Record<string, string>> = { duckdb: '@duckdb/node-api', onnxruntime: 'onnxruntime-node' };

/** What installing and packing have in common. */
function requestOf({ arguments: names, environment, options, terminal }: Call) {
  return {
    environment,
    projectFolder: resolve(options.repository),
    onProgress: terminal.onLine,
    ...(names.length > 0 ? { engines: names.map((name) => packages[name] ?? name) } : {}),
  };
}

/** `linux-x64-glibc` or `darwin-arm64`, as `engines list` shows them. */
function platformOf(text: string) {
  const [os = '', cpu = '', libc] = text.split('-');
  return { os, cpu, libc: libc === 'glibc' || libc === 'musl' ? libc : null } as const;
}

export const listEngines: Perform = async ({ from, environment }) => {
  const engines = list({ from, environment });
  const document: EnginesDocument = { schema: 'model-gitops/engines-list/1', outcome: 'pass', engines };
  return answerWith(document, describeEngines);
};

export const installEngines: Perform = async (call) => {
  const file = textOption(call.options, 'pack');
  const engines = await install({ ...requestOf(call), ...(file === undefined ? {} : { pack: resolve(file) }) });
  const document: EnginesDocument = { schema: 'model-gitops/engines-install/1', outcome: 'pass', engines };
  return answerWith(document, describeEngines);
};

export const packEngines: Perform = async (call) => {
  const to = textOption(call.options, 'out') ?? 'model-gitops-engines.tgz';
  const platforms = listOption(call.options, 'platform').map(platformOf);
  const packed = await pack({ ...requestOf(call), to, ...(platforms.length > 0 ? { platforms } : {}) });
  const document: EnginesDocument = { schema: 'model-gitops/engines-pack/1', outcome: 'pass', ...packed };
  return answerWith(document, describeEngines);
};
