import { type Response, Router } from 'express';
import { refuseMethod } from '../http/problem.ts';
import { describeHealth, PROCESS_MESSAGES, processCode } from './health-messages.ts';
import type { HealthPart } from './health-part.ts';

/** Resolves when the part works; throws when not. */
export type HealthCheck = () => Promise<void>;

/** Parts, and whether each works. What nobody can tell is left out. */
export type FoundParts = Readonly<Record<string, boolean>>;

/**
 * The database's parts and those `required` make the whole red: without them no webhook can be stored. Without the others, and
 * while work waits too long, we still take webhooks, which is yellow.
 */
export interface HealthChecks {
  database: () => Promise<FoundParts>;
  required: Readonly<Record<string, HealthCheck>>;
  helpful: Readonly<Record<string, HealthCheck>>;
  /** How work goes, by features. */
  shared?: () => Promise<HealthPart[]>;
}

export interface Health {
  status: 'green' | 'yellow' | 'red';
  parts: Record<string, 'ok' | 'down'>;
  /** Empty while nobody can tell. */
  shared: HealthPart[];
}

const TIMEOUT_MS = 2000;
/** Everyone may ask; this bounds how often the parts are asked in turn. */
const CACHE_MS = 1000;

/** What `ask` finds within the time that it has; `otherwise` where it fails or takes longer. */
async function inTime<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), TIMEOUT_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}

const isWorking = (check: HealthCheck) => inTime(() => check().then(() => true), false);

async function askAll(checks: Readonly<Record<string, HealthCheck>>): Promise<[string, boolean][]> {
  return Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, boolean]> => [name, await isWorking(check)]),
  );
}

/** Asks every part at once. */
export async function readHealth({ database, required, helpful, shared: ask }: HealthChecks): Promise<Health> {
  const [stores, others, wanted, shared] = await Promise.all([
    inTime<FoundParts>(database, { db: false }),
    askAll(required),
    askAll(helpful),
    ask ? inTime<HealthPart[]>(ask, []) : [],
  ]);
  const needed = [...Object.entries(stores), ...others];
  const isDown = ([, works]: [string, boolean]) => !works;
  const parts = [...needed, ...wanted].map(([name, works]) => [name, works ? 'ok' : 'down'] as const);
  const isYellow = wanted.some(isDown) || shared.some(({ state }) => state !== 'ok');
  const status = needed.some(isDown) ? 'red' : isYellow ? 'yellow' : 'green';
  return { status, parts: Object.fromEntries(parts), shared };
}

/** Asks the parts, and gives everybody who asks within a second the same answer. */
export function createHealthReader(checks: HealthChecks, clock: () => number): () => Promise<Health> {
  let last: { at: number; health: Promise<Health> } | null = null;
  return () => {
    if (!last || clock() - last.at > CACHE_MS) last = { at: clock(), health: readHealth(checks) };
    return last.health;
  };
}

/**
 * `/healthz` asks nothing but this process; `/readyz` and its older names ask every part and say what to do about those
 * that are not well. `current` comes from `createHealthReader`.
 */
export function createHealthRouter(current: () => Promise<Health>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.all('/healthz', refuseMethod(['GET', 'HEAD']));
  const addresses = ['/readyz', '/api/health', '/health-check', '/running'];
  router.get(addresses, async (_request, response: Response) => {
    const { status, parts, shared } = await current();
    if (status === 'red') response.status(503).set('Retry-After', '5');
    const down = Object.keys(parts).filter((part) => parts[part] === 'down');
    const ill = shared.filter(({ state }) => state !== 'ok');
    const todo = [
      ...down.map((part) => ({ part, ...describeHealth(PROCESS_MESSAGES, processCode(part, false)) })),
      ...ill.map(({ name, ...words }) => ({ part: name, ...words })),
    ].map(({ part, code, action }) => ({ part, code, action }));
    const work = Object.fromEntries(shared.map(({ name, state }) => [name, state]));
    const answer = { status, ...parts, ...work, ...(todo.length > 0 ? { todo } : {}) };
    response.set('Cache-Control', 'no-store').json(answer);
  });
  router.all(addresses, refuseMethod(['GET', 'HEAD']));
  return router;
}
