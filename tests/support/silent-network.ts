import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server on which everything can stop moving, as where a network drops what it carries: nothing is ever closed. */
export interface SilentNetwork {
  /** The same database, by this way. */
  url: string;
  /** Nothing passes any more, in either direction; also on connections that are made meanwhile. */
  stop(): void;
  /** Only on the connections that are open now. */
  stopOpen(): void;
  /** What was held back arrives. */
  flow(): void;
  close(): Promise<void>;
}

export async function startSilentNetwork(databaseUrl: string): Promise<SilentNetwork> {
  const { hostname, port } = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isStopped = false;
  const join = ([near, far]: [Socket, Socket]) => {
    near.pipe(far);
    far.pipe(near);
  };
  const part = ([near, far]: [Socket, Socket]) => {
    for (const socket of [near, far]) socket.unpipe().pause();
  };
  const server = createServer((near) => {
    const pair: [Socket, Socket] = [near, connect(Number(port), hostname)];
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    if (!isStopped) join(pair);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const stopOpen = () => {
    for (const pair of pairs) part(pair);
  };
  return {
    url: url.href,
    stop: () => {
      isStopped = true;
      stopOpen();
    },
    stopOpen,
    flow: () => {
      isStopped = false;
      for (const pair of pairs) join(pair);
    },
    close: async () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
