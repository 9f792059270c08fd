import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { json, jsonBody, machineProblems } from '../platform/http/openapi-parts.ts';
import { WEBHOOK_PATHS } from './webhooks.ts';

/** Directam describes its own events; what of them cannot be read is kept and shown, not refused. */
const delivery = z.union([z.looseObject({}), z.array(z.looseObject({})).max(1000)]);

/** What channels post. */
export function describeWebhooks(registry: OpenAPIRegistry): void {
  const name = 'x-webhook-signature';
  registry.registerComponent('securitySchemes', 'webhookSignature', { type: 'apiKey', in: 'header', name });
  for (const path of WEBHOOK_PATHS)
    registry.registerPath({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'What happened on a channel: an event, or a list of up to 1,000.',
      description: `${name} is the hex HMAC-SHA256 of the body's bytes with WEBHOOK_SECRET, if that is set.`,
      security: [{ webhookSignature: [] }],
      request: { body: jsonBody(delivery) },
      responses: {
        200: {
          description: 'It is stored; the answer to it is made after that.',
          ...json(z.object({ ok: z.boolean() })),
        },
        ...machineProblems(400, 401, 413, 503),
      },
    });
}
