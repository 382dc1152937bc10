import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@model-gitops/tools';
import { describe, expect, it } from 'vitest';

// Each adapter runs the contract suite of its port: found by what the rooms export, so a new one cannot be forgotten.

const contracts = join(repositoryRoot, 'test', 'contracts');
const ports = ['ArtifactStore', 'CommandRunner', 'DataEngine', 'GitStore', 'Host', 'ModelRunner', 'Workspace'];

/** Why an export that answers with a port runs no suite of its own. */
const unmet: Readonly<Record<string, string>> = {
  openStore: 'opens directoryStore, which does; its own part is the grammar of "store:"',
};

interface Adapter {
  readonly name: string;
  readonly port: string;
}

function listAdapters(): readonly Adapter[] {
  const surface = readFileSync(join(repositoryRoot, 'packages', 'tools', 'surface.txt'), 'utf8');
  const pattern = new RegExp(`^  const (\\w+): .*=> (${ports.join('|')})$`, 'gm');
  return [...surface.matchAll(pattern)].map(([, name = '', port = '']) => ({ name, port }));
}

function suiteFile(port: string): string {
  return port.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function testsOf(port: string): string {
  return readdirSync(contracts)
    .filter((file) => file.startsWith(`${suiteFile(port)}.`) && file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(contracts, file), 'utf8'))
    .join('\n');
}

describe('the contract suites', () => {
  const adapters = listAdapters();

  it('are looked for at adapters that there are', () => {
    const names = adapters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['gitStore', 'directoryStore', 'duckdbEngine', 'onnxModelRunner']));
    expect(names).toEqual(expect.arrayContaining(Object.keys(unmet)));
  });

  it.each(adapters.filter(({ name }) => !(name in unmet)))('$name runs the suite of $port', ({ name, port }) => {
    const tests = testsOf(port);
    expect(tests).toMatch(new RegExp(`\\b${name}\\b`));
    expect(tests).toMatch(/\w+Contract\(/);
  });

  it.each(ports.filter((port) => port !== 'CommandRunner'))('%s has a twin in memory that runs it', (port) => {
    expect(readdirSync(contracts)).toContain(`${suiteFile(port)}.memory.test.ts`);
  });
});
