import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ModelOutputError, ModelRejectedError, ModelUnavailableError } from '../../platform/errors.ts';
import type { ModelUsage } from './model.ts';
import { PROVIDER_DEFAULTS, type ProviderName } from './settings.ts';

/** `account` (key, credit, permission) concerns every request to this provider, `request` only this one. */
export type RejectionKind = 'account' | 'request';

/** A provider's refusal, with what it concerns. */
export class ProviderRejectedError extends ModelRejectedError {
  readonly kind: RejectionKind;
  constructor(message: string, kind: RejectionKind) {
    super(message);
    this.kind = kind;
  }
}

/** An unusable answer, with what it cost all the same. */
export class ProviderOutputError extends ModelOutputError {
  readonly usage: ModelUsage[];
  constructor(message: string, usage: ModelUsage[]) {
    super(message);
    this.usage = usage;
  }
}

/** No answer within the time of one request. */
export class ModelTimeoutError extends ModelUnavailableError {}

/** The HTTP body was not what the protocol promises; one more try may bring a readable one. */
export class UnreadableBodyError extends Error {}

/** Longer waits are cut to this: the next try then tells anew. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/**
 * How long a provider asks to wait, from `retry-after-ms` or `retry-after` (seconds or an HTTP date), in milliseconds;
 * null when it does not say so in a readable way.
 */
export function readRetryAfterMs(headers: Headers | undefined, nowMs: number): number | null {
  const exact = headers?.get('retry-after-ms')?.trim();
  const coarse = headers?.get('retry-after')?.trim();
  let waitMs = Number.NaN;
  if (exact) waitMs = Number(exact);
  if (Number.isNaN(waitMs) && coarse)
    waitMs = /^[\d.]+$/.test(coarse) ? Number(coarse) * 1000 : Date.parse(coarse) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(0, Math.round(waitMs)), MAX_RETRY_AFTER_MS) : null;
}

/** Names that providers use in place of a status, in a body sent with 200. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  invalid_api_key: 401,
  insufficient_quota: 402,
  content_filter: 400,
  context_length_exceeded: 400,
  invalid_request_error: 400,
  rate_limit_exceeded: 429,
};

/**
 * The error that a failed HTTP exchange means, whatever the SDK threw. Never holds the provider's words: they may
 * quote the key.
 */
export function toModelError(error: unknown, provider: ProviderName, nowMs: number): Error {
  if (error instanceof UnreadableBodyError || error instanceof SyntaxError) return new UnreadableBodyError();
  if (error instanceof APIConnectionTimeoutError) return new ModelTimeoutError(`${provider}: no answer in time`);
  if (error instanceof APIConnectionError) return new ModelUnavailableError(`${provider}: connection failed`);
  if (error instanceof APIError && typeof error.status === 'number') {
    return statusError(provider, error.status, [error.code, error.type], readRetryAfterMs(error.headers, nowMs));
  }
  return new ModelUnavailableError(`${provider}: connection broke`);
}

/** An `error` object within an answer of status 200, as OpenRouter sends when a host fails after the headers. */
export function bodyError(error: unknown, provider: ProviderName, headers: Headers, nowMs: number): Error {
  const fields = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const code = fields.code ?? fields.type;
  const number = Number(code);
  const status = number >= 400 && number < 600 ? number : (STATUS_OF_CODE[String(code)] ?? 502);
  return statusError(provider, status, [fields.code, fields.type], readRetryAfterMs(headers, nowMs));
}

function statusError(provider: ProviderName, status: number, codes: unknown[], retryAfterMs: number | null): Error {
  const named = codes.find((code): code is string => typeof code === 'string' && /^[a-z_]{1,40}$/.test(code));
  const message = `${provider}: answered ${status}${named ? ` (${named})` : ''}`;
  if (codes.includes('insufficient_quota')) return new ProviderRejectedError(message, 'account');
  // OpenRouter's 402 with a time to wait is a limit that passes.
  const passes = status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
  if (passes || (status === 402 && retryAfterMs !== null)) return new ModelUnavailableError(message, retryAfterMs);
  const account = status === 401 || status === 402 || (status === 403 && !PROVIDER_DEFAULTS[provider].moderatesWith403);
  return new ProviderRejectedError(message, account ? 'account' : 'request');
}
