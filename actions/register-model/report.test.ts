import { type Answer, renderMarkdown } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { parseWorkflowFacts } from '../workflow-facts.ts';
import { noteOf } from './report.ts';

const registered = (created: boolean): Answer => ({
  document: { schema: 'model-gitops/register/1', model: 'fraud', created },
  reports: [{ outcome: 'pass', headline: 'fraud: registered', blocks: [], cases: [], annotations: [] }],
  outcome: 'pass',
  problemKind: null,
});
const hosted = parseWorkflowFacts({ RUNNER_ENVIRONMENT: 'github-hosted' }, {});
const own = parseWorkflowFacts({ RUNNER_ENVIRONMENT: 'self-hosted' }, {});
const proposal = parseWorkflowFacts({ GITHUB_EVENT_NAME: 'pull_request', RUNNER_ENVIRONMENT: 'github-hosted' }, {});
const annotationsOf = ({ reports }: Answer) => reports.flatMap(({ annotations }) => annotations);

describe('what the workflow adds to a registration', () => {
  it.each([[null], ['dir:.model-gitops/artifacts'], ['dir:models']])(
    'is a warning where the bytes are thrown away with the runner: %s',
    (store) => {
      const told = noteOf(registered(true), hosted, store);
      expect(renderMarkdown(told.reports)).toContain('on this runner, which is thrown away after the job.');
      expect(annotationsOf(told)).toMatchObject([{ level: 'warning' }]);
    },
  );

  it.each([
    [own, null, true],
    [hosted, 'dir:/mnt/models', true],
    [hosted, 'dir:D:\\models', true],
    [hosted, null, false],
  ])('is nothing where they last, or nothing is new', (facts, store, created) => {
    const answer = registered(created);
    expect(noteOf(answer, facts, store)).toBe(answer);
  });

  it('is a sentence on a pull request, without a warning', () => {
    const told = noteOf(registered(false), proposal, null);
    expect(renderMarkdown(told.reports)).toContain('this is what its merge would register');
    expect(annotationsOf(told)).toMatchObject([{ level: 'notice' }]);
  });

  it('changes neither the verdict nor the document', () => {
    const answer = registered(true);
    expect(noteOf(answer, hosted, null)).toMatchObject({ document: answer.document, outcome: 'pass' });
  });
});
