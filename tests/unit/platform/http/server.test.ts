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

  it('says it once, whatever else comes from the same sender', () => {
    expect(answersTo('HPE_INVALID_METHOD', 'HPE_HEADER_OVERFLOW')).toBe(answersTo('HPE_INVALID_METHOD'));
  });
});
