import { ProblemError } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import type { Log } from './log.ts';
import { nextSweepMs, sweep } from './sweep.ts';
import type { Place, Work } from './work.ts';

const place = (name: string, installation: number): Place => ({
  owner: 'acme',
  name,
  installation,
  defaultBranch: 'main',
  url: null,
});

function world(listPlaces: (installation: number) => Promise<readonly Place[]>, installations = [1, 2, 3]) {
  const asked: Work[] = [];
  const lines: unknown[] = [];
  const say = (fields: object, message: string) => void lines.push({ ...fields, message });
  const log: Log = { debug: say, info: say, warn: say, error: say };
  let swept = 0;
  const options = {
    listInstallations: async () => installations,
    listPlaces,
    add: async (work: Work) => void asked.push(work),
    onDone: () => {
      swept += 1;
    },
    log,
  };
  return { options, asked, lines, swept: () => swept };
}

describe('a sweep', () => {
  it('looks at every repository once, however many installations name it', async () => {
    const { options, asked, swept } = world(async (one) => [place(`only-${one}`, one), place('Shared', one)]);
    expect(await sweep(options)).toBe(4);
    expect(asked.map(({ place: { name } }) => name)).toEqual(['only-1', 'Shared', 'only-2', 'only-3']);
    expect(asked.every(({ errand, isFresh }) => errand.kind === 'repository' && isFresh)).toBe(true);
    expect(swept()).toBe(1);
  });

  it('goes on where one installation fails, and tells it with its remedy', async () => {
    const problem = new ProblemError({ code: 'app-refused', message: 'No.', remedy: 'Ask again.' });
    const { options, asked, lines } = world(async (one) => {
      if (one === 2) throw problem;
      return [place(`only-${one}`, one)];
    });
    expect(await sweep(options)).toBe(2);
    expect(asked).toHaveLength(2);
    expect(lines[0]).toEqual({
      askedBy: ['sweep'],
      installation: 2,
      problems: [{ code: 'app-refused', message: 'No.', remedy: 'Ask again.' }],
      message: 'No.',
    });
  });

  it('comes about every so many minutes', () => {
    expect([0, 0.5, 1].map((chance) => nextSweepMs(60, chance) / 60_000)).toEqual([54, 60, 66]);
  });
});
