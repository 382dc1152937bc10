import {
  type ActionDoor,
  failOn,
  modelNames,
  onInconclusive,
  optionalText,
  type ReportStore,
  runAction,
  wholeNumber,
  yesOrNo,
} from '@model-gitops/host';
import { type Annotation, type Answer, type DocumentOutcome, ProblemError } from '@model-gitops/lifecycle';
import { z } from 'zod';

// An action as the real ones are made, whose answer the test names by the variable FIXTURE.

const inputs = z.object({
  model: modelNames,
  seed: wholeNumber,
  'working-directory': optionalText.transform((text) => text ?? '.'),
  'fail-on': failOn,
  'on-inconclusive': onInconclusive,
  'upload-report': yesOrNo,
  'github-token': optionalText,
});

const secretOf = () => process.env['INPUT_GITHUB-TOKEN'] ?? '';
const levels = ['notice', 'warning', 'error'] as const;

const manyAnnotations: readonly Annotation[] = levels.flatMap((level) =>
  Array.from({ length: 12 }, (_, index) => ({
    level,
    title: 'a, title: with\nsigns',
    message: `${level} ${index}: 100 %\n::set-output name=x::y`,
    file: 'models/fraud/model.yaml',
    line: index + 1,
  })),
);

function answer(outcome: DocumentOutcome, document: object, annotations: readonly Annotation[] = []): Answer {
  const headline = [{ strong: 'fraud' }, ` is ${outcome}\n::error::injected, token ${secretOf()}`];
  const report = { outcome, headline, blocks: [], cases: [], annotations };
  return { document: { outcome, ...document }, reports: [report], outcome, problemKind: null };
}

function problem(kind: 'input' | 'could-not-run' | 'refused'): Answer {
  const found = { code: 'gate-malformed', message: `Bad (${secretOf()}).`, remedy: 'Write it well.' };
  throw new ProblemError([{ ...found, file: 'models/fraud/model.yaml', line: 6, column: 5 }], { kind });
}

const fixtures: Readonly<Record<string, (door: ActionDoor, given: z.infer<typeof inputs>) => Answer>> = {
  pass: ({ event, folder }, given) => answer('pass', { event, folder, given, figure: Number.NaN, token: secretOf() }),
  fail: () => answer('fail', {}),
  inconclusive: () => answer('inconclusive', {}),
  annotations: () => answer('fail', {}, manyAnnotations),
  large: () => ({
    ...answer('pass', {}),
    reports: [
      {
        outcome: 'pass',
        headline: 'large',
        blocks: [{ kind: 'code', text: '🐧'.repeat(300_000) }],
        cases: [],
        annotations: [],
      },
    ],
  }),
  input: () => problem('input'),
  'could-not-run': () => problem('could-not-run'),
  refused: () => problem('refused'),
  defect: () => {
    throw new TypeError(`no such thing, with ${secretOf()}`);
  },
  lines: ({ onLine }) => {
    for (const line of ['epoch 1', '::set-output name=stolen::yes', '::add-mask::e']) onLine(line);
    return answer('pass', {});
  },
};

const store: ReportStore = {
  async keep(name, files, folder) {
    if (process.env.FIXTURE_STORE === 'fails') throw new Error('the service is away');
    process.stdout.write(`KEPT ${JSON.stringify({ name, files, folder })}\n`);
  },
};

/** Runs the action in this process, as the environment says. */
export async function runFixture(): Promise<void> {
  const perform = fixtures[process.env.FIXTURE ?? ''] ?? fixtures.pass;
  await runAction(
    {
      name: 'fixture-action',
      inputs,
      perform: async (given, door) => perform?.(door, given) ?? answer('pass', {}),
      outputs: () => ({ version: '1.4.0' }),
    },
    { store },
  );
}
