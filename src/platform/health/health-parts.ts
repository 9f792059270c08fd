import { Router } from 'express';
import { demand, principalOf } from '../auth/authenticate.ts';
import type { Database } from '../database/client.ts';
import { refuseMethod } from '../http/problem.ts';
import type { Health } from './health.ts';
import { describeHealth, PROCESS_MESSAGES, processCode } from './health-messages.ts';
import type { FeatureHealth, HealthPart } from './health-part.ts';

function processParts(health: Health): HealthPart[] {
  return Object.entries(health.parts).map(([name, state]) => ({
    name,
    state: state === 'ok' ? 'ok' : 'failing',
    ...describeHealth(PROCESS_MESSAGES, processCode(name, state === 'ok')),
  }));
}

interface HealthPartsDeps {
  db: Database;
  features: readonly { health?: FeatureHealth }[];
  current: () => Promise<Health>;
  /** Whether webhooks are proved by a secret, for one business. */
  webhookSigning?: ((businessId: string) => Promise<HealthPart[]>) | undefined;
  clock: () => number;
}

/** Every part with its state and what to do, for one business. While the database is away, only what needs none. */
async function readHealthParts({ db, features, current, webhookSigning, clock }: HealthPartsDeps, businessId: string) {
  const health = await current();
  const parts = processParts(health);
  if (health.parts.db !== 'ok') return parts;
  const context = { db, businessId, nowMs: clock() };
  const ofBusiness = await Promise.all(
    features.map(async (feature) => (await feature.health?.ofBusiness?.(context)) ?? []),
  );
  return [...parts, ...health.shared, ...((await webhookSigning?.(businessId)) ?? []), ...ofBusiness.flat()];
}

/** `GET /api/health/parts`. Mount it behind `requirePrincipal`. */
export function createHealthPartsRouter(deps: HealthPartsDeps): Router {
  const router = Router();
  router.get('/api/health/parts', async (request, response) => {
    const principal = principalOf(request);
    demand(principal, 'view-conversations');
    response.json(await readHealthParts(deps, principal.businessId));
  });
  router.all('/api/health/parts', refuseMethod(['GET', 'HEAD']));
  return router;
}
