import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsOf, hasWarning, headOf, refsOf, runSteps, told, untilGates } from './steps.ts';
import { breakTable, createTeam, rewrite, shuffleLabels, type Team } from './team.ts';
import { pushEvent } from './workflow-events.ts';

let team: Team;
beforeAll(() => {
  team = createTeam();
});
afterAll(() => team.remove());

describe('a model that is not good enough', () => {
  let folder = '';
  beforeAll(async () => {
    folder = team.checkout('worse');
    shuffleLabels(folder);
    team.git(folder, 'commit', '--quiet', '--all', '--message', 'Take the labels from another list');
    await runSteps(team, folder, { actions: untilGates.slice(0, 3) });
  });
  const step = (action: string, inputs = {}) => team.step(folder, action, pushEvent(headOf(team, folder)), inputs);

  it('is refused by its gates, at their lines in model.yaml', async () => {
    const run = await step('evaluate-model');
    expect(run.exitCode).toBe(1);
    expect(run.outputs.outcome).toBe('fail');
    expect(Number(run.outputs['gates-failed'])).toBeGreaterThanOrEqual(2);
    expect(run.summary).toMatch(/^### ❌ \*\*penguins\*\*/);
    const [first] = errorsOf(run);
    expect(first?.properties.file).toBe('models/penguins/model.yaml');
    const lines = readFileSync(join(folder, 'models/penguins/model.yaml'), 'utf8').split('\n');
    expect(lines[Number(first?.properties.line) - 1]).toContain('metrics.accuracy > 0.9');
  });

  it('is not registered, also where nobody is to be failed', async () => {
    const before = refsOf(team);
    const strict = await step('register-model');
    expect(strict.exitCode).toBe(1);
    expect(errorsOf(strict)[0]?.message).toContain('metrics.accuracy > 0.9');
    const lenient = await step('register-model', { 'fail-on': 'never' });
    expect(lenient.exitCode).toBe(0);
    expect(lenient.outputs).toMatchObject({ outcome: 'fail', created: 'false', version: '' });
    expect(hasWarning(lenient)).toBe(true);
    expect(refsOf(team)).toBe(before);
  });
});

describe('a broken table', () => {
  it('fails its suite, at the line of the expectation; "never" makes it green with a warning', async () => {
    const folder = team.checkout('broken');
    breakTable(folder);
    const strict = await team.step(folder, 'validate-data', pushEvent(headOf(team, folder)));
    expect(strict.exitCode).toBe(1);
    expect(Number(strict.outputs['unsuccessful-expectations'])).toBeGreaterThanOrEqual(2);
    const lines = readFileSync(join(folder, 'models/penguins/expectations.json'), 'utf8').split('\n');
    const marked = errorsOf(strict).map(({ properties }) => [
      properties.file,
      lines.slice(Number(properties.line) - 1, Number(properties.line) + 6).join('\n'),
    ]);
    expect(marked.every(([file]) => file === 'models/penguins/expectations.json')).toBe(true);
    expect(marked.some(([, text]) => text?.includes('body_mass_g'))).toBe(true);
    const lenient = await team.step(folder, 'validate-data', pushEvent(headOf(team, folder)), { 'fail-on': 'never' });
    expect(lenient.exitCode).toBe(0);
    expect(lenient.outputs.outcome).toBe('fail');
    expect(hasWarning(lenient)).toBe(true);
  });
});

describe('several models in one job', () => {
  it('do not stop one another: a missing table is told, the other model is judged', async () => {
    const folder = team.checkout('several');
    cpSync(join(folder, 'models/penguins'), join(folder, 'models/auks'), { recursive: true });
    rewrite(join(folder, 'models/auks/model.yaml'), (text) =>
      text.replace('name: penguins', 'name: auks').replace('/data/test.csv', '/data/lost.csv'),
    );
    const run = await team.step(folder, 'validate-data', pushEvent(headOf(team, folder)));
    expect(run.exitCode).toBe(2);
    expect(run.outputs.outcome).toBe('problem');
    expect(run.document).toMatchObject({
      models: [
        { model: 'auks', outcome: 'problem', problems: [{ code: 'data-missing' }] },
        { model: 'penguins', outcome: 'pass' },
      ],
    });
    expect(run.summary).toContain('**auks**');
    expect(run.summary).toContain('✅ **penguins**');
    expect(existsSync(join(folder, '.model-gitops/penguins/data.json'))).toBe(true);
    const one = await team.step(folder, 'validate-data', pushEvent(headOf(team, folder)), { model: 'penguins' });
    expect(one.exitCode, told(one)).toBe(0);
  });
});

describe('a run that cannot be recorded', () => {
  it('names the line that the workflow lacks, where its token may not write', async () => {
    const server = createServer((_, response) => response.writeHead(403).end('Permission denied'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const folder = team.checkout('read-only');
      const { port } = server.address() as { port: number };
      team.git(folder, 'remote', 'set-url', 'origin', `http://127.0.0.1:${port}/acme/penguins.git`);
      const event = pushEvent(headOf(team, folder));
      const { 'train-model': trained } = await runSteps(team, folder, { actions: untilGates.slice(0, 3) });
      expect(trained?.outputs).toMatchObject({ outcome: 'pass', recorded: 'false' });
      expect(trained?.document.notRecordedBecause).toContain('add "permissions: { contents: write }" to the job');
      const promoted = await team.step(folder, 'promote-model', event, { model: 'penguins', environment: 'staging' });
      expect(promoted.exitCode).toBe(2);
      expect(promoted.document).toMatchObject({ problems: [{ code: 'remote-refused' }] });
      expect(errorsOf(promoted)[0]?.message).toContain('permissions: { contents: write }');
    } finally {
      server.close();
    }
  });

  it('says that the working tree differs from its commit', async () => {
    const folder = team.checkout('dirty');
    rewrite(join(folder, 'models/penguins/train.mjs'), (text) => `${text}\n// not committed\n`);
    const event = pushEvent(headOf(team, folder));
    await runSteps(team, folder, { actions: ['engineer-features'] });
    const before = refsOf(team);
    const run = await team.step(folder, 'train-model', event);
    expect(run.exitCode, told(run)).toBe(0);
    expect(run.outputs.recorded).toBe('false');
    expect(run.summary).toContain('train.mjs');
    expect(refsOf(team)).toBe(before);
  });

  it('says that the remote refuses, and names what a job needs; promoting is a problem then', async () => {
    const own = createTeam();
    try {
      const hook = join(own.origin, 'hooks/pre-receive');
      writeFileSync(hook, '#!/bin/sh\necho "remote rule" >&2\nexit 1\n', { mode: 0o755 });
      const folder = own.checkout('refused');
      const event = pushEvent(own.git(folder, 'rev-parse', 'HEAD'));
      for (const action of untilGates.slice(1)) {
        const run = await own.step(folder, action, event);
        expect(run.exitCode, told(run)).toBe(0);
        if (action === 'train-model') expect(run.outputs.recorded).toBe('false');
      }
      const run = await own.step(folder, 'register-model', event);
      expect(run.exitCode).toBe(2);
      expect(run.document).toMatchObject({ problems: [{ code: 'write-refused' }] });
      expect(own.git(own.origin, 'tag', '--list')).toBe('');
    } finally {
      own.remove();
    }
  });
});
