import { Router } from 'express';
import { z } from 'zod';
import type { Database } from '../db/client.ts';
import { readBacklog, readBusinessHealth } from '../db/health-store.ts';
import { demand, principalOf } from './auth/authenticate.ts';
import type { Health } from './health.ts';
import { actionFor, HEALTH_PARTS } from './health-actions.ts';
import { refuseMethod } from './problem.ts';

export const healthPart = z.object({
  part: z.string(),
  state: z.enum(['ok', 'warning', 'down']),
  /** How it is, in one sentence. */
  message: z.string(),
  /** What a person can do; empty when there is nothing to do. */
  action: z.string(),
});

export type HealthPart = z.output<typeof healthPart>;

/** A burst that is overdue by this much has not been handed to its conversation though it should have been. */
const LATE_MS = 30_000;

function processParts(health: Health): HealthPart[] {
  return Object.entries(health.parts).map(([part, state]) => {
    const words = HEALTH_PARTS[part] ?? { works: 'It works.', fails: 'It does not answer.', action: actionFor(part) };
    if (state === 'ok') return { part, state, message: words.works, action: '' };
    return { part, state, message: words.fails, action: words.action };
  });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function relayParts(backlog: Awaited<ReturnType<typeof readBacklog>>, nowMs: number): HealthPart[] {
  const lagMs = backlog.oldestDueAt === null ? 0 : Math.max(0, nowMs - backlog.oldestDueAt.getTime());
  const waitMs = backlog.oldestWaitingSince === null ? 0 : Math.max(0, nowMs - backlog.oldestWaitingSince.getTime());
  const isLate = lagMs > LATE_MS;
  const isStuck = waitMs > LATE_MS + backlog.quietMs;
  return [
    {
      part: 'relay',
      state: isLate ? 'warning' : 'ok',
      message: isLate
        ? `${backlog.due} conversations wait to be handed to Temporal, the oldest for ${seconds(lagMs)}.`
        : 'What is due is handed to Temporal at once.',
      action: isLate ? 'See whether Temporal and a worker run; what waits is handed over by itself.' : '',
    },
    {
      part: 'oldest-event',
      state: isStuck ? 'warning' : 'ok',
      message:
        backlog.oldestWaitingSince === null
          ? 'No event waits.'
          : `The oldest event that waits was stored ${seconds(waitMs)} ago.`,
      action: isStuck ? 'If Temporal and a worker run, look at the inbound events without a time of hand-over.' : '',
    },
  ];
}

function businessParts(found: Awaited<ReturnType<typeof readBusinessHealth>>): HealthPart[] {
  const { unknownSends, brokenAccounts } = found;
  return [
    {
      part: 'unknown-sends',
      state: unknownSends > 0 ? 'warning' : 'ok',
      message:
        unknownSends > 0
          ? `Of ${unknownSends} messages nobody knows whether they arrived.`
          : 'Every send has an outcome.',
      action: unknownSends > 0 ? 'Look at them under outbound messages: mark each as sent, or send it again.' : '',
    },
    {
      part: 'accounts',
      state: brokenAccounts.length > 0 ? 'warning' : 'ok',
      message:
        brokenAccounts.length > 0
          ? `The channel refuses the token of: ${brokenAccounts.join(', ')}.`
          : 'No channel refuses a token.',
      action: brokenAccounts.length > 0 ? 'Connect these accounts again under accounts.' : '',
    },
  ];
}

/** Every part with its state and what to do, for the caller's business. While the database is away, only the others. */
export async function readHealthParts(
  db: Database,
  health: Health,
  { businessId, nowMs }: { businessId: string; nowMs: number },
): Promise<HealthPart[]> {
  const parts = processParts(health);
  if (health.parts.db !== 'ok') return parts;
  const [backlog, business] = await Promise.all([readBacklog(db, new Date(nowMs)), readBusinessHealth(db, businessId)]);
  return [...parts, ...relayParts(backlog, nowMs), ...businessParts(business)];
}

/** `GET /api/health/parts`. Mount it behind `requirePrincipal`. */
export function createHealthPartsRouter(db: Database, current: () => Promise<Health>, clock: () => number): Router {
  const router = Router();
  router.get('/api/health/parts', async (request, response) => {
    const principal = principalOf(request);
    demand(principal, 'view-conversations');
    const { businessId } = principal;
    response.json(await readHealthParts(db, await current(), { businessId, nowMs: clock() }));
  });
  router.all('/api/health/parts', refuseMethod(['GET', 'HEAD']));
  return router;
}
