import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction } from 'express';
import type { Logger } from 'pino';
import type { Channels, WebhookAnswer, WebhookRequest } from '../channels/channel.ts';
import type { AccountCredentials } from '../channels/credentials.ts';
import { type RoutedChannel, type WebhookAddress, webhookAddresses } from '../channels/webhook-routes.ts';
import { InvalidInputError, SignatureError } from '../platform/errors.ts';
import { type BodyShare, createBodyBudget } from '../platform/http/body-budget.ts';
import { addressGroup, clientAddress } from '../platform/http/client-address.ts';
import type { Metrics } from '../platform/http/metrics.ts';
import { problemBody } from '../platform/http/problem.ts';
import { BODY_TOO_LARGE, NO_ROOM, readRawBody } from '../platform/http/raw-body.ts';
import { refuseUnread } from '../platform/http/refuse-unread.ts';
import { createRepetitionLimit, type RepetitionLimit } from '../platform/logging/repetition-limit.ts';
import type { Inbox } from './inbox.ts';
import type { StoringWatch } from './storing.ts';

const MAX_BODY_BYTES = 1_048_576;
const NO_BODY = Buffer.alloc(0);
/** Counted where a request was refused before anybody could tell whose it was. */
const UNKNOWN_CHANNEL = 'unknown';

export interface WebhookDeps {
  channels: Channels;
  credentials: Pick<AccountCredentials, 'owned'>;
  inbox: Pick<Inbox, 'accept'>;
  logger: Logger;
  metrics: Metrics;
  clock: () => number;
  /** Is told whether webhooks are stored. */
  storing?: StoringWatch;
}

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse, next: NextFunction) => void;

/** A request under way. */
interface Progress {
  /** Known as soon as it is chosen. */
  channel: string;
  isQuestion: boolean;
}

/**
 * The hot path: everything a provider posts. Mounted before all other middleware, and written on Node's own request
 * and response, because each acknowledgement pays for what stands in front of it. 200 only after the commit; whatever
 * keeps an event from being stored is a 503, so that the provider tries again.
 */
export function createWebhookHandler(deps: WebhookDeps): WebhookHandler {
  const { metrics } = deps;
  const repetitions = createRepetitionLimit(deps.clock);
  const budget = createBodyBudget();
  const addresses = webhookAddresses(deps.channels);

  return (request, response, next) => {
    const methods = addresses.get(pathOf(request.url ?? ''));
    if (!methods) return next();
    const address = methods.get(request.method ?? '');
    if (!address) {
      response.setHeader('Allow', [...methods.keys()].join(', '));
      return refuse(response, 405, 'Webhooks are posted.');
    }
    const isQuestion = request.method === 'GET';
    const progress: Progress = { channel: address.only?.channel.name ?? UNKNOWN_CHANNEL, isQuestion };
    const begunAt = performance.now();
    const share = budget.open(() => addressGroup(clientAddress(request)));
    void (isQuestion ? prove : take)(deps, address, progress, request, response, share)
      .catch((error: unknown) => fail({ ...deps, repetitions }, error, progress, response))
      .finally(() => {
        share.release();
        metrics.countWebhook(progress.channel, response.statusCode, (performance.now() - begunAt) / 1000);
      });
  };
}

async function take(
  { inbox, clock, storing }: WebhookDeps,
  address: WebhookAddress,
  progress: Progress,
  request: IncomingMessage,
  response: ServerResponse,
  share: BodyShare,
): Promise<void> {
  const receivedAtMs = clock();
  const rawBody = await readRawBody(request, MAX_BODY_BYTES, share);
  if (rawBody === BODY_TOO_LARGE) {
    refuseUnread(request, response, problemOf(413, 'The body is too large.'));
    return;
  }
  if (rawBody === NO_ROOM) {
    response.setHeader('Retry-After', '5');
    refuseUnread(request, response, problemOf(503, 'Too much is being sent at the same time. Send it again.'));
    return;
  }
  const webhook = { rawBody, headers: request.headers, receivedAtMs, url: request.url ?? '' };
  const { channel, route } = chooseChannel(address, webhook, progress);
  await inbox.accept(channel, webhook);
  storing?.stored();
  answer(response, route.acknowledgement);
}

/** The provider asks whether the address is ours; nothing is stored. */
async function prove(
  { credentials, clock }: WebhookDeps,
  address: WebhookAddress,
  progress: Progress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const webhook = { rawBody: NO_BODY, headers: request.headers, receivedAtMs: clock(), url: request.url ?? '' };
  const { channel } = chooseChannel(address, webhook, progress);
  if (!channel.answerChallenge) throw new InvalidInputError('The channel proves nothing.');
  const owned = await credentials.owned(channel.name);
  const known = owned.map((account) => account.credentials);
  // What a stranger wrote is given back: no browser may take it for a page.
  response.setHeader('X-Content-Type-Options', 'nosniff');
  answer(response, channel.answerChallenge(webhook, known));
}

/** Throws InvalidInputError for a request that is nobody's. */
function chooseChannel(address: WebhookAddress, webhook: WebhookRequest, progress: Progress): RoutedChannel {
  const chosen = address.only ?? address.choose(webhook);
  if (!chosen) throw new InvalidInputError('No channel recognises the request.');
  progress.channel = chosen.channel.name;
  return chosen;
}

interface FailDeps extends Pick<WebhookDeps, 'logger' | 'storing'> {
  repetitions: RepetitionLimit;
}

function fail(
  { logger, repetitions, storing }: FailDeps,
  error: unknown,
  { channel, isQuestion }: Progress,
  response: ServerResponse,
): void {
  if (response.destroyed || response.headersSent) return;
  if (error instanceof SignatureError && isQuestion) {
    refuse(response, 403, 'The word that was agreed is missing or wrong.');
  } else if (error instanceof SignatureError && error.reason === 'no_secret') {
    if (repetitions.allow(channel)) logger.warn({ channel }, 'a webhook was refused: no webhook secret is set');
    refuse(response, 401, 'Unsigned webhooks are refused, and no webhook secret is set here to check a signature by.');
  } else if (error instanceof SignatureError) {
    refuse(response, 401, 'The signature is missing or wrong.');
  } else if (error instanceof InvalidInputError) {
    refuse(response, 400, isQuestion ? 'The question cannot be read.' : 'The body cannot be read.');
  } else {
    if (!isQuestion) storing?.refused(error);
    logger.error({ err: error, channel }, 'webhook not stored');
    response.setHeader('Retry-After', '5');
    refuse(response, 503, 'The event could not be stored. Send it again.');
  }
}

function answer(response: ServerResponse, { type, body }: WebhookAnswer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  const { type, body } = problemOf(status, detail);
  response.writeHead(status, { 'Content-Type': type });
  response.end(body);
}

function problemOf(status: number, detail: string) {
  return { status, type: 'application/problem+json', body: JSON.stringify(problemBody(status, detail)) };
}
