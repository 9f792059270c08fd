import { type Response, Router } from 'express';
import { refuseMethod } from '../http/problem.ts';
import { describeHealth, processCode } from './health-messages.ts';

/** Resolves when the part works; throws when not. */
export type HealthCheck = () => Promise<void>;

/** `required` parts make the whole red; without the others we still take webhooks, which is yellow. */
export interface HealthChecks {
  required: Readonly<Record<string, HealthCheck>>;
  helpful: Readonly<Record<string, HealthCheck>>;
}

export interface Health {
  status: 'green' | 'yellow' | 'red';
  parts: Record<string, 'ok' | 'down'>;
}

const TIMEOUT_MS = 2000;
/** Everyone may ask; this bounds how often the parts are asked in turn. */
const CACHE_MS = 1000;

async function isWorking(check: HealthCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time.')), TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function askAll(checks: Readonly<Record<string, HealthCheck>>): Promise<[string, boolean][]> {
  return Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, boolean]> => [name, await isWorking(check)]),
  );
}

/** Asks every part at once. */
export async function readHealth({ required, helpful }: HealthChecks): Promise<Health> {
  const [needed, wanted] = await Promise.all([askAll(required), askAll(helpful)]);
  const isDown = ([, works]: [string, boolean]) => !works;
  const parts = [...needed, ...wanted].map(([name, works]) => [name, works ? 'ok' : 'down'] as const);
  const status = needed.some(isDown) ? 'red' : wanted.some(isDown) ? 'yellow' : 'green';
  return { status, parts: Object.fromEntries(parts) };
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
 * that are down. `current` comes from `createHealthReader`.
 */
export function createHealthRouter(current: () => Promise<Health>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.all('/healthz', refuseMethod(['GET', 'HEAD']));
  const addresses = ['/readyz', '/api/health', '/health-check', '/running'];
  router.get(addresses, async (_request, response: Response) => {
    const { status, parts } = await current();
    if (status === 'red') response.status(503).set('Retry-After', '5');
    const down = Object.keys(parts).filter((part) => parts[part] === 'down');
    const todo = down.map((part) => {
      const { code, action } = describeHealth(processCode(part, false));
      return { part, code, action };
    });
    response.set('Cache-Control', 'no-store').json({ status, ...parts, ...(todo.length > 0 ? { todo } : {}) });
  });
  router.all(addresses, refuseMethod(['GET', 'HEAD']));
  return router;
}
