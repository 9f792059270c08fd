import { Router } from 'express';
import { demand, principalOf } from '../auth/authenticate.ts';
import type { Database } from '../database/client.ts';
import { refuseMethod } from '../http/problem.ts';
import { type Health, inTime, unknownPart } from './health.ts';
import { describeHealth, PROCESS_MESSAGES } from './health-messages.ts';
import type { FeatureHealth, HealthPart } from './health-part.ts';

function processParts(health: Health): HealthPart[] {
  return Object.entries(health.parts).map(([name, state]) => ({
    name,
    state: state === 'ok' ? 'ok' : 'failing',
    ...describeHealth(PROCESS_MESSAGES, health.codes[name] ?? 'part_unknown'),
  }));
}

interface HealthPartsDeps {
  db: Database;
  features: readonly { name: string; health?: FeatureHealth }[];
  current: () => Promise<Health>;
  /** Whether webhooks are proved by a secret, for one business. */
  webhookSigning?: ((businessId: string) => Promise<HealthPart[]>) | undefined;
  clock: () => number;
}

const NOTHING: Partial<FeatureHealth> = {};

/** Every part with its state and what to do, for one business. While the database is away, only what needs none. */
async function readHealthParts({ db, features, current, webhookSigning, clock }: HealthPartsDeps, businessId: string) {
  const health = await current();
  const parts = [...processParts(health), ...health.shared, ...health.advice];
  if (health.parts.db !== 'ok') return parts;
  const context = { db, businessId, nowMs: clock() };
  const ofBusiness = await Promise.all(
    features.map(async ({ name, health: { ofBusiness } = NOTHING }) =>
      ofBusiness ? inTime(() => ofBusiness(context), [unknownPart(name)]) : [],
    ),
  );
  return [...parts, ...((await webhookSigning?.(businessId)) ?? []), ...ofBusiness.flat()];
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
