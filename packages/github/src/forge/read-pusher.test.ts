import { describe, expect, it } from 'vitest';
import { answeringClient } from '../testing/answering-client.ts';
import { readPusher } from './read-pusher.ts';

interface Move {
  readonly before: string;
  readonly after: string;
  readonly actor: { login: string; type: string } | null;
}

const none = '0'.repeat(40);
const by = (login: string) => ({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });

/** Commits by the commits that they contain; moves newest first. */
function askedOf(history: Readonly<Record<string, readonly string[]>>, moves: readonly Move[]) {
  return answeringClient((what, { basehead }) => {
    if (what.endsWith('/activity')) return moves;
    const [commit = '', tip = ''] = String(basehead).split('...');
    const inside = history[tip];
    return inside === undefined ? undefined : { status: inside.includes(commit) ? 'ahead' : 'diverged' };
  });
}

/** c0 … c99, each pushed by another. */
const names = Array.from({ length: 100 }, (_, n) => `c${n}`);
const grown = Object.fromEntries(names.map((name, n) => [name, names.slice(0, n)]));
const pushes = names
  .map((after, n): Move => ({ before: n === 0 ? none : (names[n - 1] ?? none), after, actor: by(`p${n}`) }))
  .toReversed();

describe('who pushed a commit', () => {
  it('is found by its tip in one or two questions', async () => {
    const { client, asked } = askedOf(grown, pushes);
    expect(await readPusher(client, 'c42', 'main')).toEqual({ login: 'p42', isBot: false });
    expect(asked.length).toBe(2);
  });

  it('is found inside a push by halves', async () => {
    const history = Object.fromEntries(
      Object.entries(grown).map(([name, inside], n) => [name, n < 42 ? inside : [...inside, 'x']]),
    );
    const { client, asked } = askedOf(history, pushes);
    expect(await readPusher(client, 'x', 'main')).toEqual({ login: 'p42', isBot: false });
    expect(asked.length).toBeLessThan(11);
  });

  it('is a bot where one pushed, and unknown where the account is gone', async () => {
    const move = { before: none, after: 'a' };
    const of = (actor: Move['actor']) => readPusher(askedOf({}, [{ ...move, actor }]).client, 'a', 'main');
    expect(await of(by('release[bot]'))).toEqual({ login: 'release[bot]', isBot: true });
    expect(await of(null)).toBeNull();
  });

  it('is unknown where the branch had it before what GitHub remembers', async () => {
    const history = { a: ['old'], b: ['a', 'old'] };
    const { client } = askedOf(history, [{ before: 'a', after: 'b', actor: by('ana') }]);
    expect(await readPusher(client, 'old', 'main')).toBeNull();
  });

  it('is whoever brought it back, where the branch was rewritten', async () => {
    const moves = [
      { before: 'b', after: 'c', actor: by('cem') },
      { before: 'a', after: 'b', actor: by('ben') },
      { before: none, after: 'a', actor: by('ana') },
    ];
    // b threw x away, c brought it back
    const { client } = askedOf({ a: ['x'], b: [], c: ['b', 'x'] }, moves);
    expect(await readPusher(client, 'x', 'main')).toEqual({ login: 'cem', isBot: false });
  });

  it('is unknown where nobody pushed it', async () => {
    expect(await readPusher(askedOf({}, []).client, 'x', 'main')).toBeNull();
    const { client } = askedOf({ a: [] }, [{ before: none, after: 'a', actor: by('ana') }]);
    expect(await readPusher(client, 'x', 'main')).toBeNull();
  });
});
