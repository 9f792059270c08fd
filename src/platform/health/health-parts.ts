import { Router } from 'express';
import { z } from 'zod';
import { type ReconcileHealth, readReconcileHealth } from '../../conversations/reconcile/store.ts';
import { demand, principalOf } from '../auth/authenticate.ts';
import type { Database } from '../database/client.ts';
import { refuseMethod } from '../http/problem.ts';
import type { Health } from './health.ts';
import { describeHealth, HEALTH_CODES, processCode } from './health-messages.ts';
import { readBacklog, readBusinessHealth, readUnsorted } from './health-store.ts';

export const healthPart = z.object({
  part: z.string(),
  state: z.enum(['ok', 'warning', 'down']),
  /** Names the two sentences below, which are in English, for readers of another language. */
  code: z.enum(HEALTH_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** How it is, in one sentence. */
  message: z.string(),
  /** What a person can do; empty when there is nothing to do. */
  action: z.string(),
});

export type HealthPart = z.output<typeof healthPart>;

/** A burst that is overdue by this much has not been handed to its conversation though it should have been. */
const LATE_MS = 30_000;

function processParts(health: Health): HealthPart[] {
  return Object.entries(health.parts).map(([part, state]) => ({
    part,
    state,
    ...describeHealth(processCode(part, state === 'ok')),
  }));
}

function toSeconds(since: Date | null, nowMs: number): number {
  return since === null ? 0 : Math.max(0, Math.round((nowMs - since.getTime()) / 1000));
}

function inboxPart({ count, oldestAt }: Awaited<ReturnType<typeof readUnsorted>>, nowMs: number): HealthPart {
  const seconds = toSeconds(oldestAt, nowMs);
  const isLate = seconds * 1000 > LATE_MS;
  const described = isLate ? describeHealth('inbox_late', { count, seconds }) : describeHealth('inbox_ok');
  return { part: 'inbox', state: isLate ? 'warning' : 'ok', ...described };
}

function relayParts(backlog: Awaited<ReturnType<typeof readBacklog>>, nowMs: number): HealthPart[] {
  const { due, oldestDueAt, oldestWaitingSince, quietMs } = backlog;
  const lagSeconds = toSeconds(oldestDueAt, nowMs);
  const waitSeconds = toSeconds(oldestWaitingSince, nowMs);
  const isLate = lagSeconds * 1000 > LATE_MS;
  const isStuck = waitSeconds * 1000 > LATE_MS + quietMs;
  const relay = isLate ? describeHealth('relay_late', { count: due, seconds: lagSeconds }) : describeHealth('relay_ok');
  const waiting = isStuck ? 'events_stuck' : 'events_waiting';
  const events =
    oldestWaitingSince === null ? describeHealth('events_none') : describeHealth(waiting, { seconds: waitSeconds });
  return [
    { part: 'relay', state: isLate ? 'warning' : 'ok', ...relay },
    { part: 'oldest-event', state: isStuck ? 'warning' : 'ok', ...events },
  ];
}

/** Rows and runs are compared every half minute. */
const UNSEEN_MS = 180_000;

function runsPart({ finishedAt, left, stuck }: ReconcileHealth, nowMs: number): HealthPart {
  const seconds = toSeconds(finishedAt, nowMs);
  if (finishedAt === null || seconds * 1000 > UNSEEN_MS)
    return { part: 'runs', state: 'warning', ...describeHealth('runs_unseen', { seconds }) };
  if (stuck > 0) return { part: 'runs', state: 'down', ...describeHealth('runs_stuck', { count: stuck }) };
  if (left > 0) return { part: 'runs', state: 'warning', ...describeHealth('runs_differ', { count: left }) };
  return { part: 'runs', state: 'ok', ...describeHealth('runs_agree') };
}

function businessParts(found: Awaited<ReturnType<typeof readBusinessHealth>>): HealthPart[] {
  const { unknownSends, brokenAccounts } = found;
  const sends =
    unknownSends > 0 ? describeHealth('sends_unknown', { count: unknownSends }) : describeHealth('sends_settled');
  const names = brokenAccounts.join(', ');
  const accounts = names === '' ? describeHealth('accounts_ok') : describeHealth('accounts_refused', { names });
  return [
    { part: 'unknown-sends', state: unknownSends > 0 ? 'warning' : 'ok', ...sends },
    { part: 'accounts', state: names === '' ? 'ok' : 'warning', ...accounts },
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
  const [unsorted, backlog, business, runs] = await Promise.all([
    readUnsorted(db),
    readBacklog(db, new Date(nowMs)),
    readBusinessHealth(db, businessId),
    readReconcileHealth(db),
  ]);
  return [
    ...parts,
    inboxPart(unsorted, nowMs),
    ...relayParts(backlog, nowMs),
    runsPart(runs, nowMs),
    ...businessParts(business),
  ];
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
