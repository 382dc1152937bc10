import { createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';
import { engineProblems } from '../problems.ts';
import type { LockedPackage } from './engines-lock.ts';
import type { NpmConfiguration } from './npm-configuration.ts';

/** Where tarballs come from. What comes is not trusted before its digest is checked. */
export interface TarballSource {
  get(locked: LockedPackage, toFile: string): Promise<void>;
  close(): Promise<void>;
}

/** A registry answered, but not with the tarball. */
class AnswerError extends Error {
  readonly isFinal: boolean;

  constructor(status: number, address: string) {
    super(`${new URL(address).origin} answered ${status}`);
    this.isFinal = status < 500 && status !== 408 && status !== 429;
  }
}

/** fetch says only that it failed; its cause says why. */
function reasonOf(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
}

async function download(address: string, toFile: string, { npm, agent }: { npm: NpmConfiguration; agent: Dispatcher }) {
  const authorization = npm.authorizationFor(address);
  const headers = authorization === null ? {} : { authorization };
  const answer = await fetch(address, { dispatcher: agent, headers });
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw new AnswerError(answer.status, address);
  }
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(toFile));
}

const proxyVariables = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];

/** The agent for proxies warns that it is young: it is taken only where there is one. */
function agentFor({ proxies }: NpmConfiguration): Dispatcher {
  const hasProxy = Object.keys(proxies).length > 0 || proxyVariables.some((name) => process.env[name]);
  return hasProxy ? new EnvHttpProxyAgent({ ...proxies }) : new Agent();
}

/** The registry that npm is configured for. Tries again where that may help. Problem `engine-download-failed`. */
export function registrySource(npm: NpmConfiguration, waitsMs: readonly number[] = [500, 3000]): TarballSource {
  const agent = agentFor(npm);
  const attempt = async (locked: LockedPackage, toFile: string, waits: readonly number[]): Promise<void> => {
    try {
      await download(`${npm.registryOf(locked.name)}${locked.path}`, toFile, { npm, agent });
    } catch (cause) {
      const [next, ...rest] = waits;
      if (next === undefined || (cause instanceof AnswerError && cause.isFinal))
        throw new ProblemError(engineProblems.download(`${locked.name} ${locked.version}`, reasonOf(cause)), {
          kind: 'could-not-run',
          cause,
        });
      await wait(next);
      await attempt(locked, toFile, rest);
    }
  };
  return { get: (locked, toFile) => attempt(locked, toFile, waitsMs), close: () => agent.close() };
}

/** A name for a tarball by its digest, whatever the package is called. */
export function tarballName({ integrity }: LockedPackage): string {
  return `${Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex')}.tgz`;
}

/** A folder that was unpacked from what `packEngines` wrote. Problem `engine-pack-unusable`. */
export function packSource(folder: string, pack: string): TarballSource {
  return {
    async get(locked, toFile) {
      await copyFile(join(folder, tarballName(locked)), toFile).catch((cause) => {
        const why = `it does not hold ${locked.name} ${locked.version}`;
        throw new ProblemError(engineProblems.pack(pack, why), { cause });
      });
    },
    close: async () => undefined,
  };
}
