import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ScheduleNotFoundError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ConflictError, NotFoundError, type PeykError, UnavailableError } from '../errors.ts';

/** gRPC's numbers for answers that are about the thing asked for, not about the server. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/** What an answer of the engine means where it is asked. What is not given means what it says in general. */
export interface EngineMeanings {
  /** The workflow refuses what it was asked to do, and says nothing about why. */
  refused?: PeykError;
  /** A run of that id is under way already. */
  taken?: PeykError;
  /** There is no such run. */
  notFound?: PeykError;
  /** There is no such schedule. */
  noSchedule?: PeykError;
}

/**
 * The error of ours for one that Temporal's client threw: a refusal by a workflow's validator and a run that is under way
 * are a ConflictError, what is not there a NotFoundError, and everything that says that the server or a worker cannot be
 * reached now an UnavailableError. An error that is not the engine's comes back as it is.
 */
export function toEngineError(error: unknown, meanings: EngineMeanings = {}): unknown {
  const { refused, taken, notFound, noSchedule } = meanings;
  const missing = () => notFound ?? new NotFoundError('The workflow engine knows no such run.');
  const busy = () => taken ?? new ConflictError('This is under way already.');
  if (error instanceof WorkflowExecutionAlreadyStartedError) return busy();
  if (error instanceof WorkflowNotFoundError) return missing();
  if (error instanceof ScheduleNotFoundError)
    return noSchedule ?? new NotFoundError('The workflow engine knows no such schedule.');
  if (error instanceof WorkflowUpdateFailedError) {
    const reason = error.cause?.message;
    return reason ? new ConflictError(reason) : (refused ?? new ConflictError('The workflow refuses this now.'));
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error))
    return new UnavailableError('The workflow engine did not answer in time.');
  const code = grpcCodeOf(error);
  if (code === NOT_FOUND) return missing();
  if (code === ALREADY_EXISTS) return busy();
  if (code !== null || error instanceof ServiceError)
    return new UnavailableError('The workflow engine cannot be reached right now.');
  return error;
}

/** The client wraps what gRPC answered, sometimes more than once. Null where gRPC had no part in it. */
function grpcCodeOf(error: unknown): number | null {
  for (let current = error; current instanceof Error; current = current.cause)
    if (isGrpcServiceError(current)) return current.code;
  return null;
}
