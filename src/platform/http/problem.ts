import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { classifyDatabaseFault, type DatabaseFault, isDiskFull } from '../database/database-fault.ts';
import { InvalidInputError, PeykError } from '../errors.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Unavailable',
};

export interface ProblemOptions {
  errors?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}

/** An answer that is not what was asked for, with the status it deserves. Its detail is shown to the caller. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly errors: Readonly<Record<string, string>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, detail: string, { errors, headers = {} }: ProblemOptions = {}) {
    super(detail);
    this.name = 'HttpProblem';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

/** RFC 9457, with the `message` and `errors` that react-admin reads. */
export function problemBody(status: number, detail: string, errors?: Readonly<Record<string, string>>): object {
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    message: detail,
    ...(errors && Object.keys(errors).length > 0 ? { errors } : {}),
  };
}

const RETRY_LATER = { headers: { 'Retry-After': '5' } };

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  invalid_input: 400,
  not_found: 404,
  conflict: 409,
  bad_signature: 401,
  channel_rejected: 422,
  channel_unavailable: 503,
  channel_outcome_unknown: 502,
  model_unavailable: 503,
  model_rejected: 502,
  model_output: 502,
  unavailable: 503,
};

const DATABASE_PROBLEMS: Readonly<Record<DatabaseFault, () => HttpProblem>> = {
  unavailable: () => new HttpProblem(503, 'The database cannot be reached right now.', RETRY_LATER),
  conflict: () => new HttpProblem(409, 'Another record has this value, or refers to this one.'),
  missing: () => new HttpProblem(404, 'There is nothing of that name here.'),
  invalid: () => new HttpProblem(400, 'A value has the wrong form.'),
};

/** Errors of the body parser and of express: their status is right, their text may be English jargon but is harmless. */
function fromLibrary(error: unknown): HttpProblem | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const { status } = error;
  if (status === 413) return new HttpProblem(413, 'The body is too large.');
  if (status === 415) return new HttpProblem(415, 'The encoding of the body is not supported.');
  if (status === 400) return new HttpProblem(400, 'The request cannot be read.');
  return status === 404 ? new HttpProblem(404, 'There is nothing of that name here.') : null;
}

/** Any error as the answer it becomes. Unknown ones say nothing about their cause. */
export function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof InvalidInputError) return new HttpProblem(400, error.message, { errors: error.fields });
  if (error instanceof PeykError) {
    const status = STATUS_BY_CODE[error.code] ?? 500;
    if (status === 500) return new HttpProblem(500, 'Something went wrong here.');
    return new HttpProblem(status, error.message, status === 503 ? RETRY_LATER : {});
  }
  if (isDiskFull(error)) return new HttpProblem(503, 'The database has no room left on its disk.', RETRY_LATER);
  const fault = classifyDatabaseFault(error);
  if (fault) return DATABASE_PROBLEMS[fault]();
  return fromLibrary(error) ?? new HttpProblem(500, 'Something went wrong here.');
}

/** For a path that exists, but not by this method. */
export function refuseMethod(allowed: readonly string[]): RequestHandler {
  return ({ method }) => {
    throw new HttpProblem(405, `${method} cannot be done here.`, { headers: { Allow: allowed.join(', ') } });
  };
}

export function sendProblem(response: Response, problem: HttpProblem): void {
  response
    .status(problem.status)
    .set(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem.status, problem.message, problem.errors)));
}

/** The one error handler: maps, logs what is our fault, and never shows a stack or a library's text. */
export function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      logger.error(
        { err: error, requestId: response.getHeader('x-request-id'), status: problem.status },
        'request failed',
      );
    }
    if (response.headersSent) return next(error);
    sendProblem(response, problem);
  };
}

export const notFound: RequestHandler = () => {
  throw new HttpProblem(404, 'There is nothing at this address.');
};
