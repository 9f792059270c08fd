import {
  ScheduleNotFoundError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { ConflictError, NotFoundError, UnavailableError } from '../../../../src/platform/errors.ts';
import { toEngineError } from '../../../../src/platform/temporal/engine-errors.ts';

/** An error in the form that gRPC's client gives it. */
const grpcError = (code: number) => Object.assign(new Error('grpc'), { code, details: 'x', metadata: {} });
const wrapped = (code: number) => new ServiceError('the client could not do it', { cause: grpcError(code) });

describe('toEngineError', () => {
  it.each([
    ['a run under way', new WorkflowExecutionAlreadyStartedError('x', 'id', 'type'), ConflictError],
    ['a name that is taken', wrapped(6), ConflictError],
    ['a run that is gone', new WorkflowNotFoundError('x', 'id', undefined), NotFoundError],
    ['a run that gRPC does not find', wrapped(5), NotFoundError],
    ['a schedule that is gone', new ScheduleNotFoundError('x', 'id'), NotFoundError],
    ['a refusal', new WorkflowUpdateFailedError('x', new Error('Not now.')), ConflictError],
    ['a server that is away', wrapped(14), UnavailableError],
    ['a deadline', grpcError(4), UnavailableError],
    ['a fault without a number', new ServiceError('x'), UnavailableError],
  ])('knows %s', (_name, error, kind) => {
    expect(toEngineError(error)).toBeInstanceOf(kind);
  });

  it('says what the workflow said when it refused', () => {
    expect(toEngineError(new WorkflowUpdateFailedError('x', new Error('Not now.')))).toMatchObject({
      message: 'Not now.',
    });
  });

  it('gives an answer the meaning that it has where it was asked', () => {
    const notFound = new ConflictError('No sync is under way.');
    expect(toEngineError(new WorkflowNotFoundError('x', 'id', undefined), { notFound })).toBe(notFound);
  });

  it('leaves other errors as they are, whatever their text says', () => {
    const error = new TypeError('gRPC UNAVAILABLE DEADLINE');
    expect(toEngineError(error)).toBe(error);
  });
});
