import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { WebhookRoute } from '../channels/channel.ts';
import { CHANNELS } from '../channels/index.ts';
import { json, jsonBody, machineProblems } from '../platform/http/openapi-parts.ts';

/** Each provider describes its own events; what of them cannot be read is kept and shown, not refused. */
const delivery = z.union([z.looseObject({}), z.array(z.looseObject({})).max(1000)]);
const acknowledged = z.object({ ok: z.boolean() });

/** What channels post, and what they ask. Channels of one address are described together. */
export function describeWebhooks(registry: OpenAPIRegistry): void {
  const routes = CHANNELS.flatMap(({ descriptor }) => descriptor.webhooks);
  for (const [path, shared] of Map.groupBy(routes, (route) => route.path)) {
    const common = { path, tags: ['webhooks'], description: shared.map((route) => route.description).join(' ') };
    if (shared.some(({ methods }) => methods.includes('POST'))) addDelivery(registry, common, shared);
    if (shared.some(({ methods }) => methods.includes('GET')))
      registry.registerPath({
        ...common,
        method: 'get',
        summary: 'A provider asks whether the address is ours.',
        responses: {
          200: { description: 'The answer by which we prove it.', ...textOf('text/plain') },
          ...machineProblems(400, 403, 503),
        },
      });
  }
}

function addDelivery(
  registry: OpenAPIRegistry,
  common: { path: string; tags: string[]; description: string },
  routes: readonly WebhookRoute[],
): void {
  const types = new Set(routes.map(({ acknowledgement }) => acknowledgement.type));
  const content = [...types].map((type) => (type === 'application/json' ? json(acknowledged) : textOf(type)).content);
  registry.registerPath({
    ...common,
    method: 'post',
    summary: 'What happened on a channel: an event, or a list of up to 1,000.',
    request: { body: jsonBody(delivery) },
    responses: {
      200: {
        description: 'It is stored; the answer to it is made after that.',
        content: Object.assign({}, ...content),
      },
      ...machineProblems(400, 401, 413, 503),
    },
  });
}

function textOf(type: string) {
  return { content: { [type]: { schema: z.string() } } };
}
