import { Prisma } from './generated/client.ts';

/**
 * What a failed statement means to its caller:
 * `unavailable` — the database cannot be reached or takes no more connections, and trying later may work;
 * `conflict` — a unique or foreign key forbids it; `missing` — the row is not there; `invalid` — a value of the wrong form.
 */
export type DatabaseFault = 'unavailable' | 'conflict' | 'missing' | 'invalid';

const FAULT_BY_CODE: Readonly<Record<string, DatabaseFault>> = {
  P1000: 'unavailable',
  P1001: 'unavailable',
  P1002: 'unavailable',
  P1003: 'unavailable',
  P1008: 'unavailable',
  P1017: 'unavailable',
  P2024: 'unavailable',
  P2028: 'unavailable',
  P2034: 'unavailable',
  P2037: 'unavailable',
  P2002: 'conflict',
  P2003: 'conflict',
  P2014: 'conflict',
  P2025: 'missing',
  P2006: 'invalid',
  P2007: 'invalid',
  P2020: 'invalid',
  P2023: 'invalid',
};

/**
 * SQLSTATE classes: connection, no resources, operator's intervention (a statement that took too long, too), system error;
 * and read-only, a transaction that rested or lasted too long, a lock that was not to be had in time.
 */
const UNAVAILABLE_STATE = /^(08|53|57|58)|^25006$|^25P0[34]$|^28|^3D000$|^55P03$/;
const UNREACHABLE_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
const NODE_CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

interface AdapterCause {
  kind?: string;
  originalCode?: string;
}

/** The driver's word for an answer that did not come in time. */
const NO_ANSWER = 'Query read timeout';

/** What the driver says without a code. */
const CONNECTION_LOST = new RegExp(
  [
    NO_ANSWER,
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Connection terminated',
    'connection error and is not queryable',
    'Client was closed',
    'Cannot use a pool after calling end',
  ].join('|'),
  'i',
);

/** The server is silent: a statement was sent, and its answer did not come within the time that we allow. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof Error && error.message === NO_ANSWER;
}

function causeOf(error: Prisma.PrismaClientKnownRequestError): AdapterCause | undefined {
  return (error.meta?.driverAdapterError as { cause?: AdapterCause } | undefined)?.cause;
}

/** The server has no room for what was to be written: no fault of what was sent, and reading goes on. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && causeOf(error)?.originalCode === '53100';
}

/** The server allows no more connections, or none of this role: it works, and nobody new comes in. */
export function hasNoConnectionLeft(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const cause = causeOf(error);
  return error.code === 'P2037' || cause?.kind === 'TooManyConnections' || cause?.originalCode === '53300';
}

/** Classifies what Prisma or its driver threw; null when it is not a fault of the database. */
export function classifyDatabaseFault(error: unknown): DatabaseFault | null {
  if (error instanceof Prisma.PrismaClientInitializationError) return 'unavailable';
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const cause = causeOf(error);
    if (cause?.kind && UNREACHABLE_KINDS.has(cause.kind)) return 'unavailable';
    if (cause?.originalCode && UNAVAILABLE_STATE.test(cause.originalCode)) return 'unavailable';
    return FAULT_BY_CODE[error.code] ?? faultOfState(cause?.originalCode);
  }
  if (!(error instanceof Error)) return null;
  if ('code' in error && NODE_CONNECTION_CODES.has(String(error.code))) return 'unavailable';
  return CONNECTION_LOST.test(error.message) ? 'unavailable' : null;
}

/** Raw statements keep PostgreSQL's own classes: data exceptions and broken constraints. */
function faultOfState(state = ''): DatabaseFault | null {
  if (state.startsWith('22')) return 'invalid';
  return state.startsWith('23') ? 'conflict' : null;
}

/** True when what was to be stored is to blame, so that trying the same again is of no use. Not for faults in between. */
export function isFaultOfData(error: unknown): boolean {
  const fault = classifyDatabaseFault(error);
  if (fault !== null) return fault !== 'unavailable';
  return error instanceof Error && !error.name.startsWith('PrismaClient') && !('code' in error);
}
