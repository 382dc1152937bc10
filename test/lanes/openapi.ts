import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exchange } from '@model-gitops/stand-in';
import { installOpenApi, repositoryRoot } from '@model-gitops/tools';
import { type Lane, runLane } from './lane.ts';
import { checkExchange } from './openapi/check-exchange.ts';
import { type Description, readDescription } from './openapi/description.ts';
import { listRoutes } from './openapi/list-routes.ts';
import { playStory, type Told } from './openapi/story.ts';

// Whether the GitHub of our tests speaks like GitHub: each request and answer of a story against GitHub's own description.

function readRecord(file: string): readonly Exchange[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Exchange);
}

/** One claim a route: all that was exchanged there is as described. */
function claimExchanges(lane: Lane, description: Description, exchanges: readonly Exchange[]): void {
  const deviations = new Map<string, string[]>();
  for (const exchange of exchanges) {
    const finding = checkExchange(description, exchange);
    deviations.set(finding.operation, [...(deviations.get(finding.operation) ?? []), ...finding.deviations]);
  }
  for (const [operation, found] of [...deviations].sort())
    lane.claim(operation, found.length === 0, [...new Set(found)].join('\n'));
}

function claimEvents(lane: Lane, description: Description, told: readonly Told[]): void {
  const deviations = new Map<string, string[]>();
  for (const { event, action, payload } of told) {
    const name = action === null ? event : `${event}.${action}`;
    const found = description.checkEvent(event, action, payload);
    deviations.set(name, [...(deviations.get(name) ?? []), ...found]);
  }
  for (const [name, found] of [...deviations].sort())
    lane.claim(`webhook ${name}`, found.length === 0, [...new Set(found)].join('\n'));
}

/** What the product asks of GitHub is in the story, or the story proves nothing of it. */
function claimCoverage(lane: Lane, description: Description, exchanges: readonly Exchange[]): void {
  const played = new Set(exchanges.map((exchange) => checkExchange(description, exchange).operation));
  const missing = listRoutes(repositoryRoot).filter((route) => !played.has(route));
  lane.claim('the story touches each route that the product uses', missing.length === 0, missing.join('\n'));
}

/** An answer that lacks one thing, and a request with a misspelt one: who does not see that sees nothing. */
function claimSight(lane: Lane, description: Description, exchanges: readonly Exchange[]): void {
  const pull = exchanges.find(
    ({ method, path, status }) => method === 'POST' && path.endsWith('/pulls') && status === 201,
  );
  if (pull === undefined) throw new Error('the story opened no pull request');
  const { number: _number, ...answered } = pull.answered as Record<string, unknown>;
  const wrong = [
    { ...pull, answered },
    { ...pull, sent: { ...(pull.sent as object), titel: 'x' } },
    { ...pull, status: 299 },
    { ...pull, path: `${pull.path}?pgae=1` },
    { ...pull, path: '/api/v3/nothing' },
  ];
  const unseen = wrong.filter((exchange) => checkExchange(description, exchange).deviations.length === 0);
  lane.claim('what is not as described is seen', unseen.length === 0, JSON.stringify(unseen));
}

await runLane(async (lane) => {
  const installed = await installOpenApi(repositoryRoot);
  if (!installed.isThere) {
    lane.skip("GitHub's description", installed.why);
    return;
  }
  const description = readDescription(installed.path);
  const scratch = mkdtempSync(join(tmpdir(), 'model-gitops-openapi-'));
  try {
    const record = join(scratch, 'exchanges.jsonl');
    const told = await playStory(record);
    const exchanges = readRecord(record);
    const secret = /\b(?:gh[ps]_\w+|eyJ[\w-]+\.[\w-]+)/.exec(readFileSync(record, 'utf8'));
    lane.claim('no token is in the record', secret === null, 'one is');
    claimSight(lane, description, exchanges);
    claimExchanges(lane, description, exchanges);
    claimEvents(lane, description, told);
    claimCoverage(lane, description, exchanges);
    const demo = join(repositoryRoot, '.demo', 'exchanges.jsonl');
    if (existsSync(demo)) claimExchanges(lane, description, readRecord(demo));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
