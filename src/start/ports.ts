import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartError } from './start-error.ts';

/**
 * Below the ports that systems give to outgoing connections: a server that is down for a moment finds its port free again,
 * and a client that knocks meanwhile can never be connected to itself.
 */
const FREE_PORTS = { from: 18_000, to: 32_000 };
const MAX_TRIES = 50;

/** A port of the loopback that nobody listens on right now. */
export async function findFreePort(): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await listenOnce(randomInt(FREE_PORTS.from, FREE_PORTS.to));
    } catch (error) {
      if (tries >= MAX_TRIES || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** The asked port, or a free one for 0. Throws StartError naming the port and its variable when it is taken. */
export async function claimPort(port: number, variable: string, host = '127.0.0.1'): Promise<number> {
  if (port === 0) return findFreePort();
  try {
    return await listenOnce(port, host);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} is in use by another program. Free it, or set ${variable} to another port.`);
    }
    if (code === 'EACCES') {
      throw new StartError(`Port ${port} may not be opened by this user. Set ${variable} to a port above 1023.`);
    }
    if (code === 'EADDRNOTAVAIL') {
      throw new StartError(`${host} is no address of this machine. Set HOST to one, or to 0.0.0.0 for all of them.`);
    }
    throw error;
  }
}

function listenOnce(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close((error) => (error ? reject(error) : resolve(bound)));
    });
  });
}
