import type { LockedPackage } from './engines-lock.ts';

export interface Platform {
  readonly os: string;
  readonly cpu: string;
  /** null elsewhere than on Linux. */
  readonly libc: 'glibc' | 'musl' | null;
}

/** Newer than the types of the oldest Node that we run on. */
type Report = NodeJS.ProcessReport & { excludeNetwork?: boolean | undefined };

/** The C library of this Linux: Node says the version of glibc in its report, and nothing where there is another. */
function thisLibc(): Platform['libc'] {
  if (process.platform !== 'linux') return null;
  const { report } = process as { readonly report: Report };
  const wasExcluded = report.excludeNetwork;
  report.excludeNetwork = true; // it would look up the names of open connections
  const { header } = report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  report.excludeNetwork = wasExcluded;
  return header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

export function thisPlatform(): Platform {
  return { os: process.platform, cpu: process.arch, libc: thisLibc() };
}

/** `linux-x64-glibc`, `darwin-arm64`. */
export function platformName({ os, cpu, libc }: Platform): string {
  return [os, cpu, ...(libc === null ? [] : [libc])].join('-');
}

function allows(list: readonly string[] | undefined, value: string | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}

export function isFor({ os, cpu, libc }: LockedPackage, platform: Platform): boolean {
  return allows(os, platform.os) && allows(cpu, platform.cpu) && allows(libc, platform.libc);
}

/** `bin/napi-v6/<os>/<cpu>/…`: one package may hold the native files of all platforms; one is kept. */
const nativeFile = /(?:^|\/)bin\/napi-v\d+\/([^/]+)(?:\/([^/]+))?/;

export function isForeignFile(path: string, { os, cpu }: Platform): boolean {
  const [, fileOs = os, fileCpu = cpu] = nativeFile.exec(path) ?? [];
  return fileOs !== os || fileCpu !== cpu;
}
