import { systemHost } from '@model-gitops/host';
import { runErrand } from '@model-gitops/lifecycle';
import { Probot, type ProbotOctokit } from 'probot';
import packageJson from '../package.json' with { type: 'json' };
import type { Configuration } from './configuration.ts';
import {
  listInstallations,
  listPlaces,
  openInstallation,
  QuietOctokit,
  readIdentity,
  readOwnName,
} from './github-app.ts';
import { createHealth } from './health.ts';
import { listen } from './index.ts';
import { type Log, tellThrown, wordsOnly } from './log.ts';
import { performWith } from './perform-work.ts';
import { createQueue } from './queue.ts';
import { openRepositories } from './repositories.ts';
import { scheduleSweeps } from './schedule-sweeps.ts';
import { startServer } from './server.ts';
import { sweep } from './sweep.ts';

export interface RunningApp {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Looks at every repository now; resolves when it was done. */
  sweep(): Promise<number>;
  /** Takes no new work; true when what ran has ended within that time. */
  stop(withinMs: number): Promise<boolean>;
}

const mostAtOnce = 4;
const mostWarm = 200;

async function openProbot({ appId, privateKey, webhookSecret, apiUrl, logLevel }: Configuration): Promise<Probot> {
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: apiUrl,
    Octokit: QuietOctokit,
    logFormat: 'json',
    logLevel,
  });
  return probot.ready();
}

/** Whether it ended in time. */
async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const isInTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return isInTime;
}

/** Wires the app and starts it. Problems: `app-credentials`, `app-unreachable`, `port-unusable`. */
export async function startApp(configuration: Configuration): Promise<RunningApp> {
  const { apiUrl, appId, host: address, port, sweepMinutes, settleMs } = configuration;
  const probot = await openProbot(configuration);
  const log: Log = probot.log;
  const own = await readOwnName(probot);
  const host = systemHost();
  const health = createHealth(packageJson.version, host.now);
  const repositories = openRepositories({
    apiUrl,
    appId,
    host,
    openOctokit: (installation) => openInstallation(probot, installation),
    readIdentity: (octokit) => readIdentity(octokit as ProbotOctokit, own, appId),
    most: mostWarm,
  });
  const run: Parameters<typeof performWith>[0]['run'] = (errand, ports) => runErrand(errand, { dryRun: false }, ports);
  const perform = performWith({ repositories, run, health, log, elapsedMs: host.elapsedMs });
  const queue = createQueue({ perform, sleep: host.sleep, settleMs, most: mostAtOnce });
  listen(probot, {
    own,
    add: queue.add,
    onDefect: (delivery, thrown) => tellThrown(log, { askedBy: [delivery] }, thrown),
  });
  const receive = await probot.getNodeMiddleware({ log: wordsOnly(log as never) as never });
  const server = await startServer(address, port, {
    verify: (body, signature) => probot.webhooks.verify(body, signature),
    receive,
    health: health.tell,
    onDefect: (thrown) => tellThrown(log, {}, thrown),
  });
  const sweepNow = () =>
    sweep({
      listInstallations: () => listInstallations(probot),
      listPlaces: (installation) => listPlaces(probot, installation),
      add: queue.add,
      onDone: health.swept,
      log,
    });
  const schedule = scheduleSweeps(sweepMinutes, host, sweepNow);
  log.info({ url: server.url, app: own, version: packageJson.version }, 'listening');
  return {
    url: server.url,
    sweep: sweepNow,
    async stop(withinMs) {
      health.stopping();
      schedule.stop();
      const isInTime = await endsWithin(Promise.all([server.close(), queue.stop()]), withinMs);
      log.info({ isInTime }, 'stopped');
      return isInTime;
    },
  };
}
