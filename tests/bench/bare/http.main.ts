/**
 * The limit of acknowledging on this machine: a Node HTTP server that checks the signature and makes one INSERT for each
 * request, and does nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const { DATABASE_URL, WEBHOOK_SECRET = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 16 });
await pool.query('CREATE TABLE IF NOT EXISTS bare_webhooks (id uuid PRIMARY KEY DEFAULT uuidv7(), body text NOT NULL)');

const insert = { name: 'insert', text: 'INSERT INTO bare_webhooks (body) VALUES ($1)' };

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const given = Buffer.from(String(request.headers['x-webhook-signature'] ?? ''), 'hex');
  const expected = createHmac('sha256', WEBHOOK_SECRET).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  const answer = (status: number) => {
    response.statusCode = status;
    response.end('{"ok":true}');
  };
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (!isSigned(request, body)) return answer(401);
    pool.query({ ...insert, values: [body.toString('utf8')] }).then(
      () => answer(200),
      () => answer(503),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
