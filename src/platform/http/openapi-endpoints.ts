import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { WEBHOOK_PATHS } from '../../inbox/webhooks.ts';
import { healthPart } from '../health/health-parts.ts';
import { json, jsonBody, machineProblems, needs, problems, SECURITY } from './openapi-parts.ts';

/** Directam describes its own events; what of them cannot be read is kept and shown, not refused. */
const delivery = z.union([z.looseObject({}), z.array(z.looseObject({})).max(1000)]);

/** What channels post. */
export function addWebhooks(registry: OpenAPIRegistry): void {
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

/** What monitoring and load balancers ask, and what the panel asks about the same. */
export function addHealth(registry: OpenAPIRegistry): void {
  const tags = ['health'];
  const alive = z.object({ status: z.literal('ok') });
  const responses = { 200: { description: 'The process runs.', ...json(alive) }, ...machineProblems() };
  registry.registerPath({ method: 'get', path: '/healthz', tags, responses });
  const health = z.object({ status: z.enum(['green', 'yellow', 'red']) }).catchall(z.unknown());
  for (const path of ['/readyz', '/api/health', '/health-check', '/running']) {
    const answers = {
      200: { description: 'Every part that is needed works.', ...json(health) },
      503: { description: 'A part that is needed is down.', ...json(health) },
      ...machineProblems(),
    };
    registry.registerPath({ method: 'get', path, tags, responses: answers });
  }
  registry.registerPath({
    method: 'get',
    path: '/api/health/parts',
    tags,
    summary: 'Every part, its state, and what to do about it.',
    description: needs('view-conversations'),
    security: SECURITY,
    responses: { 200: { description: 'The parts.', ...json(z.array(healthPart)) }, ...problems() },
  });
}

/** The figures of the process, where they have no port of their own. */
export function addMetrics(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/metrics',
    tags: ['health'],
    summary: 'Figures for Prometheus.',
    description: 'Open to this machine; from elsewhere it needs view-logs.',
    security: [{}, ...SECURITY],
    responses: {
      200: { description: 'The figures.', content: { 'text/plain': { schema: z.string() } } },
      ...problems(),
    },
  });
}
