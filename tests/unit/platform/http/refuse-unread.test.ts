import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Lingering, refuseUnread } from '../../../../src/platform/http/refuse-unread.ts';

const ANSWER = { status: 413, type: 'text/plain', body: 'too large' };
let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

/** Sends the head and a piece of a body of `bytes`. Resolves to what is known of the connection, which goes on. */
async function begin(lingering: Lingering, bytes: number) {
  const server = createServer((request, response) => refuseUnread(request, response, ANSWER, lingering));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const seen = { said: '', closed: false };
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('data', (part) => {
    seen.said += part.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    seen.closed = true;
  });
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\nbegun`);
  return { seen, socket };
}

describe('refuseUnread', () => {
  it('answers at once and whole, and hangs up when the sender is done', async () => {
    const { seen, socket } = await begin({ bytes: 1000, ms: 60_000 }, 10);
    await expect.poll(() => seen.said).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close[\s\S]*\r\n\r\ntoo large$/i);
    expect(seen.closed).toBe(false);
    socket.write('-done');
    await expect.poll(() => seen.closed).toBe(true);
  });

  it('hangs up on a sender who goes on for too long', async () => {
    const { seen } = await begin({ bytes: 1000, ms: 100 }, 1_000_000);
    await expect.poll(() => seen.closed).toBe(true);
    expect(seen.said).toContain('413');
  });

  it('hangs up on a sender who sends too much, and reads less than that from one who does not', async () => {
    const { seen, socket } = await begin({ bytes: 1000, ms: 60_000 }, 1_000_000);
    socket.write('x'.repeat(900));
    await expect.poll(() => seen.said).toContain('413');
    expect(seen.closed).toBe(false);
    socket.write('x'.repeat(200));
    await expect.poll(() => seen.closed).toBe(true);
  });
});
