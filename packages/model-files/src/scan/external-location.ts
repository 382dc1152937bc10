/** Why a location of external data must not be opened; null for a plain path beside or below the model. */
export function dangerOfLocation(location: string): string | null {
  if (location === '') return 'is empty';
  if (location.includes('\u0000')) return 'holds a NUL byte, at which other readers cut the path off';
  if (/^([/\\]|[A-Za-z]:|~)/.test(location)) return 'is absolute';
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(location)) return 'is a web address';
  if (location.split(/[/\\]/).some((part) => part.trim() === '..')) return 'leaves the folder of the model';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return /[\u0001-\u001f\u007f]/.test(location) ? 'holds control characters' : null;
}
