import { setTimeout } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { v7 as uuidv7 } from 'uuid';
import type { Channel, Channels, SendRequest } from '../src/channels/channel.ts';
import type { AccountCredentials } from '../src/channels/credentials.ts';
import type { PlanDueTexts } from '../src/outbox/due-texts.ts';
import { gate } from '../src/outbox/gate.ts';
import {
  claimOutbound,
  flagAccount,
  hasEcho,
  loadOutbound,
  markOutboundSent,
  type OutboundToSend,
  settleOutbound,
} from '../src/outbox/store.ts';
import type { Database } from '../src/platform/database/client.ts';
import {
  ChannelOutcomeUnknownError,
  ChannelRejectedError,
  ChannelUnavailableError,
  SendingPausedError,
} from '../src/platform/errors.ts';
import { forBusiness, type OfBusiness } from '../src/platform/of-business.ts';
import { fingerprintOf } from '../src/text/fingerprint.ts';
import type { OutboundState } from '../src/text/message.ts';
import { isQuiet, type QuietHours } from '../src/text/quiet-hours.ts';
import type { ActivityIdentity } from './decide.activities.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

export interface SendInput {
  identity: ActivityIdentity;
  /** Rows of the ledger, in the order in which they must arrive. */
  outboundIds: string[];
  /** Instead: the follow-up that is due. */
  followUpId: string | null;
}

export interface SendDeps {
  db: Database;
  channels: Channels;
  credentials: Pick<AccountCredentials, 'of'>;
  quietHours: OfBusiness<QuietHours | null>;
  followUps: SendFollowUps;
  /** Those who have words to send that are made only when they are due. */
  dueTexts: readonly PlanDueTexts[];
}

/** A follow-up's message is planned when it is due, and ends it. */
export interface SendFollowUps {
  /** Plans the message under `id`, once. Gives its id, or null when the follow-up is not pending any more. */
  plan(db: Database, followUpId: string, id: string, fingerprint: (text: string) => string): Promise<string | null>;
  /** Closes it after its message ended as `state`. */
  finish(db: Database, followUpId: string, state: OutboundState, reason: string): Promise<void>;
}

interface Outcome {
  state: OutboundState;
  reason: string;
}

/**
 * Reasons of a provider that mean "this account cannot send at all until somebody connects it again". A key from the
 * environment is not among them: it is mended by a restart, which no gate would notice.
 */
const ACCOUNT_REASONS = new Set(['token_expired']);

/** Another attempt has the row, and tells what becomes of it. */
const CLAIMED_ELSEWHERE = 'claimed_elsewhere';

/** How long the proof of a request is held on to while the database is away. */
const KEEP_PROOF_MS = 120_000;

export function createSendActivities(deps: SendDeps) {
  return {
    /**
     * Sends planned rows in order, each behind the gate. Repeating it is safe: a row that left its `planned` state is never
     * requested again. Throws (retryable) only when the provider certainly did not process a request, and that row is planned
     * again by then; or while all sends are held back, and its rows stay planned.
     */
    async sendOutbound(input: SendInput): Promise<void> {
      try {
        await heartbeatWhile(async (signal) => {
          const ids = input.followUpId ? await planFollowUp(deps, input.followUpId) : input.outboundIds;
          const outcome = await sendInOrder(deps, ids, signal);
          if (input.followUpId && outcome && outcome.reason !== CLAIMED_ELSEWHERE)
            await deps.followUps.finish(deps.db, input.followUpId, outcome.state, outcome.reason);
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function planFollowUp(deps: SendDeps, followUpId: string): Promise<string[]> {
  const id = await deps.followUps.plan(deps.db, followUpId, uuidv7(), fingerprintOf);
  return id === null ? [] : [id];
}

/** Returns the last row's outcome. A part that did not arrive holds back those after it: half an answer misleads. */
async function sendInOrder(deps: SendDeps, ids: readonly string[], signal: AbortSignal): Promise<Outcome | null> {
  let last: Outcome | null = null;
  for (const row of await loadRows(deps, ids)) {
    if (last && last.state !== 'sent') {
      await settleOutbound(deps.db, row.id, 'blocked', 'earlier_part_not_sent', ['planned']);
      continue;
    }
    const outcome = await sendOne(deps, last ? await reload(deps, row) : row, signal);
    last = outcome;
  }
  return last;
}

/** What is not in the ledger yet is planned now that it is due: the last word of an order form, for example. */
async function loadRows({ db, dueTexts }: SendDeps, ids: readonly string[]): Promise<OutboundToSend[]> {
  const rows = await loadOutbound(db, ids);
  const missing = ids.filter((id) => rows.every((row) => row.id !== id));
  if (missing.length === 0) return rows;
  for (const planTexts of dueTexts) await planTexts(db, missing);
  return loadOutbound(db, ids);
}

/** The gate must see the world as it is now, not as it was before the parts that went out already. */
async function reload(deps: SendDeps, row: OutboundToSend): Promise<OutboundToSend> {
  return (await loadOutbound(deps.db, [row.id]))[0] ?? row;
}

async function sendOne(deps: SendDeps, row: OutboundToSend, signal: AbortSignal): Promise<Outcome> {
  if (row.state === 'sending') return recoverInterrupted(deps, row);
  if (row.state !== 'planned') return { state: row.state, reason: '' };
  const quietHours = await forBusiness(deps.quietHours, row.businessId);
  const nowMs = Date.now();
  const channel = deps.channels.get(row.channel);
  if (!channel) return settle(deps, row, 'rejected', 'channel_is_off', ['planned']);
  const { window, consent } = channel;
  const quiet = isQuiet(quietHours, row.timeZone, nowMs);
  const verdict = gate({ ...row.gate, window, consent, quiet }, nowMs);
  if (!verdict.open) return settle(deps, row, 'blocked', verdict.reason, ['planned']);
  if (row.sendingPaused) throw new SendingPausedError('All sends are held back.');
  const credentials = await deps.credentials.of(row.channel, row.accountExternalId);
  if (!(await claimOutbound(deps.db, row.id))) return { state: 'blocked', reason: CLAIMED_ELSEWHERE };
  const { asHumanAgent } = verdict;
  return request(deps, channel, row, { credentials, signal, ...(asHumanAgent ? { asHumanAgent } : {}) });
}

async function request(
  deps: SendDeps,
  channel: Channel,
  row: OutboundToSend,
  how: Pick<SendRequest, 'credentials' | 'asHumanAgent' | 'signal'>,
): Promise<Outcome> {
  const { accountExternalId, contactExternalId, content } = row;
  try {
    const receipt = await channel.send({ accountExternalId, contactExternalId, content, intentId: row.id, ...how });
    await keepTrying(() => markOutboundSent(deps.db, row.id, { ...receipt, settledBy: 'provider' }));
    return { state: 'sent', reason: '' };
  } catch (error) {
    return afterFailure(deps, row, error);
  }
}

async function afterFailure(deps: SendDeps, row: OutboundToSend, error: unknown): Promise<Outcome> {
  if (error instanceof ChannelRejectedError) {
    const outcome = await settle(deps, row, 'rejected', error.reason, ['sending']);
    if (ACCOUNT_REASONS.has(error.reason)) await keepTrying(() => flagAccount(deps.db, row.id, error.reason));
    return outcome;
  }
  if (error instanceof ChannelUnavailableError) {
    await keepTrying(() => settleOutbound(deps.db, row.id, 'planned', 'provider_unavailable', ['sending']));
    throw error;
  }
  if (error instanceof ChannelOutcomeUnknownError) return settle(deps, row, 'unknown', error.reason, ['sending']);
  throw error;
}

/**
 * What the provider answered must not be lost to a database that is away for a moment: without it the row would be called
 * unknown though we know better.
 */
async function keepTrying<Result>(write: () => Promise<Result>): Promise<Result> {
  const endsAtMs = Date.now() + KEEP_PROOF_MS;
  for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, 5000)) {
    try {
      return await write();
    } catch (error) {
      if (Date.now() > endsAtMs) throw error;
      await setTimeout(delayMs);
    }
  }
}

/**
 * An earlier attempt took the row and never came back: its bytes may have left, so it is not sent again. The attempt may
 * even still be alive; if it brings proof later, the row becomes sent.
 */
async function recoverInterrupted(deps: SendDeps, row: OutboundToSend): Promise<Outcome> {
  Context.current().log.warn('a send was interrupted', { outboundId: row.id });
  return settle(deps, row, 'unknown', 'interrupted', ['sending']);
}

async function settle(
  deps: SendDeps,
  row: OutboundToSend,
  to: 'rejected' | 'unknown' | 'blocked',
  reason: string,
  from: readonly OutboundState[],
): Promise<Outcome> {
  const isSettled = await keepTrying(() => settleOutbound(deps.db, row.id, to, reason, from));
  return isSettled ? { state: to, reason } : learnOutcome(deps, row);
}

/** Somebody was faster: the channel's echo, or another attempt that is still alive. Throws (retryable) when it is planned. */
async function learnOutcome(deps: SendDeps, row: OutboundToSend): Promise<Outcome> {
  if (await hasEcho(deps.db, row.id)) return sentByEcho(deps, row);
  const { state } = await reload(deps, row);
  if (state === 'planned') throw new ChannelUnavailableError('Another attempt gave it back.');
  return state === 'sending' ? { state: 'blocked', reason: CLAIMED_ELSEWHERE } : { state, reason: '' };
}

async function sentByEcho(deps: SendDeps, row: OutboundToSend): Promise<Outcome> {
  const proof = { externalId: null, httpStatus: null, settledBy: 'echo' };
  await keepTrying(() => markOutboundSent(deps.db, row.id, proof));
  return { state: 'sent', reason: '' };
}
