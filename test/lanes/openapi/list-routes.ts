import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rooms that speak with GitHub. */
const rooms = ['packages/github/src', 'app'];

const route = /['"`]((?:GET|POST|PUT|PATCH|DELETE) \/[\w/{}-]+)['"`]/g;

function sourcesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => join(folder, name));
}

/** Routes as the product's sources name them, in Octokit's words. */
export function listRoutes(root: string): string[] {
  const texts = rooms.flatMap((room) => sourcesBelow(join(root, room))).map((file) => readFileSync(file, 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(route)].map(([, name = '']) => name));
  return [...new Set(found)].sort();
}
