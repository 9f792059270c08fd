import { type AddressInfo, connect } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../../src/platform/http/server.ts';

/** What is written to a sender whose bytes failed with each of the codes, one after the other. */
function answersTo(...codes: string[]): string {
  let said = '';
  const socket = new Duplex({
    read() {},
    write(part: Buffer, _encoding, done) {
      said += part.toString('latin1');
      done();
    },
  });
  const server = createHttpServer(() => {});
  for (const code of codes) server.emit('clientError', Object.assign(new Error(code), { code }), socket);
  socket.destroy();
  return said;
}

describe('createHttpServer', () => {
  it.each([
    ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
    ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
    ['HPE_INVALID_METHOD', '400 Bad Request'],
  ])('answers %s with %s', (code, status) => {
    expect(answersTo(code)).toBe(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  });

  it('ends a request whose body does not come, but waits longer for a file', async () => {
    const server = createHttpServer(() => {}, { bodyMs: 100 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const said: Record<string, string> = { '/webhook': '', '/api/uploads': '' };
    const sockets = Object.keys(said).map((path) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf`),
      );
      return socket.on('data', (part) => {
        said[path] += part.toString('latin1');
      });
    });
    await expect.poll(() => said['/webhook']).toMatch(/^HTTP\/1\.1 408 /);
    expect(said['/api/uploads']).toBe('');
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says it once, whatever else comes from the same sender', () => {
    expect(answersTo('HPE_INVALID_METHOD', 'HPE_HEADER_OVERFLOW')).toBe(answersTo('HPE_INVALID_METHOD'));
  });
});
