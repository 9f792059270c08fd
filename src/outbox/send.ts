import { setTimeout } from 'node:timers/promises';
import type { Channel, Channels, SendRequest } from '../channels/channel.ts';
import type { AccountCredentials } from '../channels/credentials.ts';
import type { Database } from '../platform/database/client.ts';
import {
  ChannelOutcomeUnknownError,
  ChannelRejectedError,
  ChannelUnavailableError,
  SendingPausedError,
} from '../platform/errors.ts';
import { forBusiness, type OfBusiness } from '../platform/of-business.ts';
import type { OutboundState } from '../text/message.ts';
import { isQuiet, type QuietHours } from '../text/quiet-hours.ts';
import type { PlanDueTexts } from './due-texts.ts';
import { gate } from './gate.ts';
import {
  claimOutbound,
  flagAccount,
  hasEcho,
  loadOutbound,
  markOutboundSent,
  type OutboundToSend,
  settleOutbound,
} from './store.ts';

/** Step 6: sends planned rows in order, each behind the gate, and keeps what became of them. */

export interface SenderDeps {
  db: Database;
  channels: Channels;
  credentials: Pick<AccountCredentials, 'of'>;
  quietHours: OfBusiness<QuietHours | null>;
  /** Those who have words to send that are made only when they are due. */
  dueTexts: readonly PlanDueTexts[];
}

/** One call's way of sending. */
export interface SendAttempt {
  /** Cancels waiting, not a request whose bytes may have left. */
  signal: AbortSignal;
  /** An earlier attempt took the row and never came back. */
  onInterrupted: (outboundId: string) => void;
  /** The first row, when the caller has claimed it already. */
  claimed?: OutboundToSend | null;
}

export interface SendOutcome {
  state: OutboundState;
  reason: string;
}

/**
 * Reasons of a provider that mean "this account cannot send at all until somebody connects it again". A key from the
 * environment is not among them: it is mended by a restart, which no gate would notice.
 */
const ACCOUNT_REASONS = new Set(['token_expired']);

/** Another attempt has the row, and tells what becomes of it. */
export const CLAIMED_ELSEWHERE = 'claimed_elsewhere';

/** How long the proof of a request is held on to while the database is away. */
const KEEP_PROOF_MS = 120_000;

/**
 * Sends rows in the order given and returns the last one's outcome; null when there was none. A part that did not arrive holds
 * back those after it: half an answer misleads. Repeating it is safe: a row that left its `planned` state is never requested
 * again. Throws ChannelUnavailableError only when the provider certainly did not process a request, and that row is planned
 * again by then; SendingPausedError while all sends are held back, and its rows stay planned.
 */
export async function sendInOrder(
  deps: SenderDeps,
  ids: readonly string[],
  attempt: SendAttempt,
): Promise<SendOutcome | null> {
  let last: SendOutcome | null = null;
  const { claimed = null } = attempt;
  if (claimed) {
    last = await sendGated(deps, claimed, attempt, 'sending');
    if (ids.length === 1) return last;
  }
  for (const row of await loadRows(deps, claimed ? ids.slice(1) : ids)) {
    if (last && last.state !== 'sent') {
      await settleOutbound(deps.db, row.id, 'blocked', 'earlier_part_not_sent', ['planned']);
      continue;
    }
    const outcome = await sendOne(deps, last ? await reload(deps, row) : row, attempt);
    last = outcome;
  }
  return last;
}

/** What is not in the ledger yet is planned now that it is due: the last word of an order form, for example. */
async function loadRows({ db, dueTexts }: SenderDeps, ids: readonly string[]): Promise<OutboundToSend[]> {
  const rows = await loadOutbound(db, ids);
  const missing = ids.filter((id) => rows.every((row) => row.id !== id));
  if (missing.length === 0) return rows;
  for (const planTexts of dueTexts) await planTexts(db, missing);
  return loadOutbound(db, ids);
}

/** The gate must see the world as it is now, not as it was before the parts that went out already. */
async function reload(deps: SenderDeps, row: OutboundToSend): Promise<OutboundToSend> {
  return (await loadOutbound(deps.db, [row.id]))[0] ?? row;
}

async function sendOne(deps: SenderDeps, row: OutboundToSend, attempt: SendAttempt): Promise<SendOutcome> {
  if (row.state === 'sending') return recoverInterrupted(deps, row, attempt);
  if (row.state !== 'planned') return { state: row.state, reason: '' };
  return sendGated(deps, row, attempt, 'planned');
}

/** `from`: `sending` when the row is claimed already, in the very statement that read it. */
async function sendGated(
  deps: SenderDeps,
  row: OutboundToSend,
  attempt: SendAttempt,
  from: 'planned' | 'sending',
): Promise<SendOutcome> {
  const quietHours = await forBusiness(deps.quietHours, row.businessId);
  const nowMs = Date.now();
  const channel = deps.channels.get(row.channel);
  if (!channel) return settle(deps, row, 'rejected', 'channel_is_off', [from]);
  const { window, consent } = channel;
  const quiet = isQuiet(quietHours, row.timeZone, nowMs);
  const verdict = gate({ ...row.gate, window, consent, quiet }, nowMs);
  if (!verdict.open) return settle(deps, row, 'blocked', verdict.reason, [from]);
  if (row.sendingPaused) {
    if (from === 'sending') await keepTrying(() => settleOutbound(deps.db, row.id, 'planned', '', ['sending']));
    throw new SendingPausedError('All sends are held back.');
  }
  const credentials = await deps.credentials.of(row.channel, row.accountExternalId);
  if (from === 'planned' && !(await claimOutbound(deps.db, row.id)))
    return { state: 'blocked', reason: CLAIMED_ELSEWHERE };
  const { asHumanAgent } = verdict;
  return request(deps, channel, row, {
    credentials,
    signal: attempt.signal,
    ...(asHumanAgent ? { asHumanAgent } : {}),
  });
}

async function request(
  deps: SenderDeps,
  channel: Channel,
  row: OutboundToSend,
  how: Pick<SendRequest, 'credentials' | 'asHumanAgent' | 'signal'>,
): Promise<SendOutcome> {
  const { accountExternalId, contactExternalId, content } = row;
  try {
    const receipt = await channel.send({ accountExternalId, contactExternalId, content, intentId: row.id, ...how });
    await keepTrying(() => markOutboundSent(deps.db, row.id, { ...receipt, settledBy: 'provider' }));
    return { state: 'sent', reason: '' };
  } catch (error) {
    return afterFailure(deps, row, error);
  }
}

async function afterFailure(deps: SenderDeps, row: OutboundToSend, error: unknown): Promise<SendOutcome> {
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
async function recoverInterrupted(
  deps: SenderDeps,
  row: OutboundToSend,
  { onInterrupted }: SendAttempt,
): Promise<SendOutcome> {
  onInterrupted(row.id);
  return settle(deps, row, 'unknown', 'interrupted', ['sending']);
}

async function settle(
  deps: SenderDeps,
  row: OutboundToSend,
  to: 'rejected' | 'unknown' | 'blocked',
  reason: string,
  from: readonly OutboundState[],
): Promise<SendOutcome> {
  const isSettled = await keepTrying(() => settleOutbound(deps.db, row.id, to, reason, from));
  return isSettled ? { state: to, reason } : learnOutcome(deps, row);
}

/** Somebody was faster: the channel's echo, or another attempt that is still alive. Throws (retryable) when it is planned. */
async function learnOutcome(deps: SenderDeps, row: OutboundToSend): Promise<SendOutcome> {
  if (await hasEcho(deps.db, row.id)) return sentByEcho(deps, row);
  const { state } = await reload(deps, row);
  if (state === 'planned') throw new ChannelUnavailableError('Another attempt gave it back.');
  return state === 'sending' ? { state: 'blocked', reason: CLAIMED_ELSEWHERE } : { state, reason: '' };
}

async function sentByEcho(deps: SenderDeps, row: OutboundToSend): Promise<SendOutcome> {
  const proof = { externalId: null, httpStatus: null, settledBy: 'echo' };
  await keepTrying(() => markOutboundSent(deps.db, row.id, proof));
  return { state: 'sent', reason: '' };
}
