import type { Inline, Sentence } from './report.ts';

/** At most `limit` code points: half a character is none. */
export function cutText(text: string, limit: number): string {
  const points = [...text];
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}…` : text;
}

export function partsOf(sentence: Sentence): readonly Inline[] {
  return Array.isArray(sentence) ? (sentence as readonly Inline[]) : [sentence as Inline];
}

/** Sentences beside each other, with a separator between them. */
export function joined(sentences: readonly Sentence[], separator: string): readonly Inline[] {
  return sentences.flatMap((sentence, index) => [...(index > 0 ? [separator] : []), ...partsOf(sentence)]);
}

/** Names that people or data gave, as code: the first ones, and how many more there are. */
export function listed(names: readonly string[], limit = 5): readonly Inline[] {
  const shown = joined(
    names.slice(0, limit).map((name) => ({ code: cutText(name, 100) })),
    ', ',
  );
  return names.length > limit ? [...shown, ` and ${names.length - limit} more`] : shown;
}

/** A login that must not call anybody: `@anna`, as code. */
export function loginText(login: string): Inline {
  return { code: `@${cutText(login, 60)}` };
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Wed 25 Nov 15:02 UTC`: a moment that is the same for every reader and at every reading. */
export function momentText(time: string | number): string {
  const date = new Date(time);
  const clock = date.toISOString().slice(11, 16);
  return `${days[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${clock} UTC`;
}

/** `24 h`, `90 min`: a duration as it was written in a configuration. */
export function durationText(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const;
  const unit = units.find(
    ([name, size]) => seconds % size === 0 && seconds > 0 && (name !== 'd' || seconds >= 172_800),
  );
  return unit === undefined ? `${seconds} s` : `${seconds / unit[1]} ${unit[0]}`;
}
