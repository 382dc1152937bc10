import type { Problem } from '@model-gitops/lifecycle';
import { parseDocument } from 'yaml';
import { appProblems, settingKey } from './problems.ts';

export interface SettingsFile {
  readonly path: string;
  /** null: it cannot be read. */
  readonly text: string | null;
}

/** The settings of a file by the names of their variables. JSON is YAML. Every value is read as the text that was written. */
export function parseSettingsFile(
  { path, text }: SettingsFile,
  known: readonly string[],
): { readonly settings: Readonly<Record<string, string>>; readonly problems: readonly Problem[] } {
  if (text === null) return { settings: {}, problems: [appProblems.file(path, 'it is not there, or not readable')] };
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined)
    return { settings: {}, problems: [appProblems.file(path, error.message.split('\n')[0] ?? '')] };
  const written: unknown = document.toJS({ maxAliasCount: 0 }) ?? {};
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return { settings: {}, problems: [appProblems.file(path, 'it holds no settings')] };
  const names = new Map(known.map((name) => [settingKey(name), name]));
  const settings: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(written)) {
    const name = names.get(key);
    if (name === undefined) problems.push(appProblems.unknownSetting(key, path, [...names.keys()]));
    else if (typeof value !== 'string') problems.push(appProblems.setting(name, 'is no single value'));
    else settings[name] = value;
  }
  return { settings, problems };
}
