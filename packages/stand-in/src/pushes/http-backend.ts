import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { gitEnvironment } from '../git.ts';
import type { Repository } from '../records/repositories.ts';

export interface GitRequest {
  readonly method: string;
  /** Below the repository: `/info/refs`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly login: string;
}

/** The variables of CGI, as `git http-backend` reads them. */
function cgiEnvironment(context: Context, repository: Repository, request: GitRequest): Record<string, string> {
  const header = (name: string) => request.headers.get(name) ?? '';
  return {
    GIT_PROJECT_ROOT: join(context.folder, 'repositories'),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${repository.owner}/${repository.name}.git${request.path}`,
    QUERY_STRING: request.query,
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: String(request.body.length),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
    ...(request.login === '' ? {} : { REMOTE_USER: request.login }),
  };
}

/** Header lines, an empty line, the body. */
function parseAnswer(bytes: Buffer): Response {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return new Response('git http-backend failed', { status: 500 });
  const headers = new Headers();
  let status = 200;
  for (const line of bytes.toString('utf8', 0, end).split('\r\n')) {
    const [name = '', value = ''] = line.split(/:\s*/, 2);
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else headers.set(name, value);
  }
  return new Response(new Uint8Array(bytes.subarray(end + 4)), { status, headers });
}

/** Lets git itself answer clone, fetch and push. */
export function runHttpBackend(
  context: Context,
  repository: Repository,
  request: GitRequest,
  more: Readonly<Record<string, string>>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const env = gitEnvironment({ ...cgiEnvironment(context, repository, request), ...more });
    const child = spawn('git', ['http-backend'], { cwd: repository.folder, env });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => resolve(parseAnswer(Buffer.concat(chunks))));
    // git may answer before it has read all
    child.stdin.on('error', () => {});
    child.stdin.end(request.body);
  });
}
