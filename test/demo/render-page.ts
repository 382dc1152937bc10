import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { marked } from 'marked';

const css = createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css');

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Markdown as a page that looks as it does on GitHub; it needs no network. */
export function renderPage(title: string, markdown: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
${readFileSync(css, 'utf8')}
body { max-width: 860px; margin: 2em auto; padding: 0 1em; }
</style>
</head>
<body class="markdown-body">
${marked.parse(markdown, { async: false, gfm: true })}
</body>
</html>
`;
}
