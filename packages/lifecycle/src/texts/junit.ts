import type { Case, Report } from './report.ts';

/** XML 1.0 cannot hold control characters or halves of a character at all; the rest is written by number. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"\r\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function renderCase({ name, group, outcome, message = '' }: Case): string {
  const start = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(group)}"`;
  if (outcome === 'pass') return `${start}/>`;
  if (outcome === 'skipped') return `${start}><skipped message="${escapeXml(message)}"/></testcase>`;
  return `${start}><failure type="${outcome}" message="${escapeXml(message)}"/></testcase>`;
}

/** JUnit XML as CI systems read it: one test case a question; inconclusive is a failure of that type. */
export function renderJunit(name: string, reports: readonly Report[]): string {
  const cases = reports.flatMap((report) => report.cases);
  const failures = cases.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive').length;
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escapeXml(name)}" ${counts}>`,
    ...cases.map(renderCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
