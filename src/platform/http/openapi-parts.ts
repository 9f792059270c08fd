import type { ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  message: z.string(),
  errors: z.record(z.string(), z.string()).optional(),
});

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is not valid; `errors` names the fields.',
  401: 'Not logged in, or no valid key.',
  403: 'A permission is missing.',
  404: 'There is nothing of that name in this business.',
  409: 'The state of the thing, or somebody else, forbids it.',
  412: 'The record is not the version that If-Match names.',
  413: 'The body is too large.',
  415: 'The encoding of the body is not supported.',
  422: 'The channel refuses it for good.',
  429: 'Too often; see Retry-After.',
  431: 'Address and headers together are too long; the answer has no body.',
  502: 'Another service answered something that cannot be used.',
  503: 'A part is down; see Retry-After.',
};

/** What every path behind a login may answer. */
const COMMON = [401, 403, 431, 503];
/** Answered by Node before there is a request to answer. */
const WITHOUT_BODY = 431;
/** What reading a body may end in. */
const OF_BODY = [400, 413, 415];

export function json(schema: z.ZodType) {
  return { content: { 'application/json': { schema } } };
}

/** A body that must be there. */
export function jsonBody(schema: z.ZodType) {
  return { required: true, ...json(schema) };
}

function problemsOf(statuses: readonly number[]): Record<number, ResponseConfig> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: PROBLEMS[status] ?? '',
        ...(status === WITHOUT_BODY ? {} : { content: { 'application/problem+json': { schema: problem } } }),
      },
    ]),
  );
}

/** Problems of a path that anyone may call. */
export function openProblems(...statuses: number[]) {
  return problemsOf([...OF_BODY, ...statuses]);
}

/** Problems of a path that machines call, signed or open. */
export function machineProblems(...statuses: number[]) {
  return problemsOf([WITHOUT_BODY, ...statuses]);
}

/** Problems of a path behind a login, without a body. */
export function problems(...statuses: number[]) {
  return problemsOf([...COMMON, ...statuses]);
}

/** Problems of a path behind a login that takes a body. */
export function bodyProblems(...statuses: number[]) {
  return problemsOf([...COMMON, ...OF_BODY, ...statuses]);
}

export const SECURITY: Record<string, string[]>[] = [{ bearer: [] }, { apiKey: [] }];
export const idParams = z.object({ id: z.uuid() });

export function needs(permission: string | null): string {
  return permission === null ? 'Needs a login or key.' : `Needs ${permission}.`;
}
