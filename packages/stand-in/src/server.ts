import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';

export interface Server {
  readonly port: number;
  /** Connections are refused from now on, and those that are there break. */
  unplug(): Promise<void>;
  /** On the same port. */
  plugIn(): Promise<void>;
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

/** Listens on a free port of this machine only. */
export function startServer(fetch: Parameters<typeof serve>[0]['fetch']): Promise<Server> {
  return new Promise((resolve) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) =>
      resolve({
        port,
        unplug: () => stop(server),
        plugIn: () => new Promise((plugged) => void server.listen(port, '127.0.0.1', () => plugged())),
      }),
    );
  });
}
