import { type Response, Router } from 'express';
import { refuseMethod } from '../http/problem.ts';
import { describeHealth, PROCESS_MESSAGES, type ProcessCode, processCode } from './health-messages.ts';
import type { HealthPart } from './health-part.ts';

/** Resolves when the part works; throws when not: a HealthFault where it is known why. */
export type HealthCheck = () => Promise<void>;

/** Why a part does not work, by the code of its texts. */
export class HealthFault extends Error {
  readonly code: ProcessCode;
  constructor(code: ProcessCode) {
    super(PROCESS_MESSAGES[code].message);
    this.name = 'HealthFault';
    this.code = code;
  }
}

/** Parts, and whether each works, or by which code it does not. What nobody can tell is left out. */
export type FoundParts = Readonly<Record<string, boolean | ProcessCode>>;

/** Somebody who tells how work goes. */
export interface HealthSource {
  /** Named where it cannot be asked. */
  name: string;
  /** While the database is away, it tells nothing. */
  needsDatabase: boolean;
  /** What it tells is for people only: no customer feels it, so `/readyz` says nothing of it. */
  isAdvice?: boolean;
  /** Asked often: it must be cheap. */
  read: () => Promise<HealthPart[]>;
}

/**
 * The database's parts and those `required` make the whole red: without them no webhook can be stored. Without the others, and
 * while work waits too long, we still take webhooks, which is yellow.
 */
export interface HealthChecks {
  database: () => Promise<FoundParts>;
  required: Readonly<Record<string, HealthCheck>>;
  helpful: Readonly<Record<string, HealthCheck>>;
  /** How work goes. */
  sources?: readonly HealthSource[];
}

export interface Health {
  status: 'green' | 'yellow' | 'red';
  parts: Record<string, 'ok' | 'down'>;
  /** The code of each part's state. */
  codes: Record<string, ProcessCode>;
  /** What the sources tell. */
  shared: HealthPart[];
  /** What of it is for people only. */
  advice: HealthPart[];
}

const TIMEOUT_MS = 2000;
/** Everyone may ask; this bounds how often the parts are asked in turn. */
const CACHE_MS = 1000;

/** What `ask` finds within the time that it has; `otherwise` where it fails or takes longer. */
export async function inTime<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
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

type Found = readonly [part: string, works: boolean | ProcessCode];

/** True when it works, else false or the code of why not. */
const isWorking = (check: HealthCheck) =>
  inTime<boolean | ProcessCode>(
    () =>
      check().then(
        () => true,
        (error: unknown) => (error instanceof HealthFault ? error.code : false),
      ),
    false,
  );

async function askAll(checks: Readonly<Record<string, HealthCheck>>): Promise<Found[]> {
  return Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<Found> => [name, await isWorking(check)]),
  );
}

/** What each source tells; one that cannot be asked is itself not well. */
async function askSources(sources: readonly HealthSource[], isAdvice: boolean): Promise<(HealthSource & Told)[]> {
  const wanted = sources.filter((source) => (source.isAdvice ?? false) === isAdvice);
  return Promise.all(
    wanted.map(async (source) => ({ ...source, parts: await inTime(source.read, [unknownPart(source.name)]) })),
  );
}

interface Told {
  parts: HealthPart[];
}

/** What is said of somebody who cannot be asked. */
export function unknownPart(name: string): HealthPart {
  return { name, state: 'warning', ...describeHealth(PROCESS_MESSAGES, 'part_unknown') };
}

/** Asks every part at once. */
export async function readHealth({ database, required, helpful, sources = [] }: HealthChecks): Promise<Health> {
  const [stores, others, wanted, told, advised] = await Promise.all([
    inTime<FoundParts>(database, { db: 'db_waiting' }),
    askAll(required),
    askAll(helpful),
    askSources(sources, false),
    askSources(sources, true),
  ]);
  const needed: Found[] = [...Object.entries(stores), ...others];
  const all = [...needed, ...wanted];
  const isDown = ([, works]: Found) => works !== true;
  const hasDatabase = stores.db === true;
  const partsOf = (those: readonly (HealthSource & Told)[]) =>
    those.flatMap(({ needsDatabase, parts }) => (hasDatabase || !needsDatabase ? parts : []));
  const shared = partsOf(told);
  const isYellow = wanted.some(isDown) || shared.some(({ state }) => state !== 'ok');
  return {
    status: needed.some(isDown) ? 'red' : isYellow ? 'yellow' : 'green',
    parts: Object.fromEntries(all.map((found) => [found[0], isDown(found) ? 'down' : 'ok'] as const)),
    codes: Object.fromEntries(all.map(([name, works]) => [name, codeOf(name, works)] as const)),
    shared,
    advice: partsOf(advised),
  };
}

function codeOf(part: string, works: boolean | ProcessCode): ProcessCode {
  return typeof works === 'string' ? works : processCode(part, works);
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
    const { status, parts, codes, shared } = await current();
    if (status === 'red') response.status(503).set('Retry-After', '5');
    const down = Object.keys(parts).filter((part) => parts[part] === 'down');
    const ill = shared.filter(({ state }) => state !== 'ok');
    const todo = [
      ...down.map((part) => ({ part, ...describeHealth(PROCESS_MESSAGES, codes[part] ?? 'part_down') })),
      ...ill.map(({ name, ...words }) => ({ part: name, ...words })),
    ].map(({ part, code, action }) => ({ part, code, action }));
    const work = Object.fromEntries(shared.map(({ name, state }) => [name, state]));
    const answer = { status, ...parts, ...work, ...(todo.length > 0 ? { todo } : {}) };
    response.set('Cache-Control', 'no-store').json(answer);
  });
  router.all(addresses, refuseMethod(['GET', 'HEAD']));
  return router;
}
