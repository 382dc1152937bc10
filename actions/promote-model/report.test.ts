import { type Answer, renderMarkdown } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { parseWorkflowFacts } from '../workflow-facts.ts';
import { noteOf } from './report.ts';

const branch = 'model-gitops/promote/fraud/production';
const promoted = (applied: boolean, change: object): Answer => ({
  document: { schema: 'model-gitops/promote/1', model: 'fraud', applied, changes: [change] },
  reports: [{ outcome: 'pass', headline: 'fraud', blocks: [], cases: [], annotations: [] }],
  outcome: 'pass',
  problemKind: null,
});
const facts = parseWorkflowFacts({ GITHUB_REPOSITORY: 'acme/fraud' }, {});
const page = 'https://github.com/acme/fraud/compare/main...model-gitops/promote/fraud/production?expand=1';

describe('what the workflow adds to a promotion', () => {
  it('is the page on which the pull request is opened', () => {
    const told = noteOf(promoted(true, { kind: 'open-promotion', branch }), facts, 'main');
    expect(renderMarkdown(told.reports)).toContain(`open the pull request here:\n\n\`\`\`text\n${page}\n\`\`\``);
  });

  it.each([
    ['nothing was proposed', true, { kind: 'assign' }, facts],
    ['it was only asked', false, { kind: 'open-promotion', branch }, facts],
    ['no forge is known', true, { kind: 'open-promotion', branch }, parseWorkflowFacts({}, {})],
  ])('is nothing where %s', (_, applied, change, known) => {
    const answer = promoted(applied, change);
    expect(noteOf(answer, known, 'main')).toBe(answer);
  });

  it('is a sentence on a pull request', () => {
    const proposal = parseWorkflowFacts({ GITHUB_EVENT_NAME: 'pull_request' }, {});
    const told = noteOf(promoted(false, { kind: 'assign' }), proposal, 'main');
    expect(renderMarkdown(told.reports)).toContain('Nothing is promoted from a pull request');
  });
});
