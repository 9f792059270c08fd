/**
 * The few errors that cross folders. `code` is stable: `activities/failures.ts` maps it to a Temporal failure type and
 * `src/platform/http/problem.ts` to a status. Messages never hold secrets or customer text.
 */
export abstract class PeykError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** What the caller gave cannot be used. `fields` maps a field to what is wrong with it. */
export class InvalidInputError extends PeykError {
  readonly code = 'invalid_input';
  readonly fields: Readonly<Record<string, string>>;
  constructor(message: string, fields: Record<string, string> = {}) {
    super(message);
    this.fields = fields;
  }
}

/** Nothing of that name belongs to the caller's business (another business's rows count as missing). */
export class NotFoundError extends PeykError {
  readonly code = 'not_found';
}

/** The thing is not in a state that allows this (e.g. cancelling a follow-up that was sent). */
export class ConflictError extends PeykError {
  readonly code = 'conflict';
}

/** A webhook's signature is missing or wrong; `no_secret`: there is nothing here that any signature could be checked by. */
export class SignatureError extends PeykError {
  readonly code = 'bad_signature';
  readonly reason: 'unproven' | 'no_secret';
  constructor(message: string, reason: 'unproven' | 'no_secret' = 'unproven') {
    super(message);
    this.reason = reason;
  }
}

/** The provider answered that it will not deliver this, ever. `reason` is a short stable word for the panel. */
export class ChannelRejectedError extends PeykError {
  readonly code = 'channel_rejected';
  readonly reason: string;
  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** The provider did certainly not process the request (never connected, or said so): the same send may be repeated. */
export class ChannelUnavailableError extends PeykError {
  readonly code = 'channel_unavailable';
  readonly retryAfterMs: number | null;
  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The request's bytes may have left and no usable answer came: never repeated by us (outbound state `unknown`). */
export class ChannelOutcomeUnknownError extends PeykError {
  readonly code = 'channel_outcome_unknown';
  readonly reason: string;
  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Other sends of the same account come first, or its provider is left in peace for a while: nothing left, and the send is tried
 * again later.
 */
export class AccountBusyError extends PeykError {
  readonly code = 'account_busy';
  readonly reason: 'account_busy' | 'provider_unavailable';
  readonly retryAfterMs: number;
  constructor(reason: AccountBusyError['reason'], retryAfterMs: number) {
    super(reason === 'account_busy' ? 'Other sends of this account come first.' : 'The provider is left in peace.');
    this.reason = reason;
    this.retryAfterMs = Math.max(1, Math.round(retryAfterMs));
  }
}

/** Messages are held back on purpose: nothing left, and the send is tried again later. */
export class SendingPausedError extends PeykError {
  readonly code = 'sending_paused';
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs = 15_000) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** A model provider failed in a way that may pass (429, 5xx, time-out, connection). */
export class ModelUnavailableError extends PeykError {
  readonly code = 'model_unavailable';
  readonly retryAfterMs: number | null;
  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** A model provider refuses for good (wrong key, no credit, bad request): retrying cannot help. */
export class ModelRejectedError extends PeykError {
  readonly code = 'model_rejected';
}

/** The model's answer could not be used even after one repair. */
export class ModelOutputError extends PeykError {
  readonly code = 'model_output';
}

/** Temporal or PostgreSQL cannot be reached right now. */
export class UnavailableError extends PeykError {
  readonly code = 'unavailable';
}

/** An address from outside may not be fetched, or what it gave may not be used. Trying again cannot help. */
export class FetchRefusedError extends PeykError {
  readonly code = 'fetch_refused';
  /** A short stable word: `address`, `scheme`, `credentials`, `redirects`, `type`, `too_large`, … */
  readonly reason: string;
  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** A server that is not ours could not be reached, or did not answer in time. */
export class FetchFailedError extends PeykError {
  readonly code = 'fetch_failed';
  readonly reason: string;
  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}
