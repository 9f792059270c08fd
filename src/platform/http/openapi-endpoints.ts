import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { healthPart } from '../health/health-part.ts';
import { json, machineProblems, needs, problems, SECURITY } from './openapi-parts.ts';

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
