import { setTimeout } from 'node:timers/promises';
import type { Channel, Channels } from '../channels/channel.ts';
import type { AccountCredentials } from '../channels/credentials.ts';
import type { Database } from '../platform/database/client.ts';
import {
  AccountBusyError,
  ChannelOutcomeUnknownError,
  ChannelRejectedError,
  ChannelUnavailableError,
  SendingPausedError,
} from '../platform/errors.ts';
import { forBusiness, type OfBusiness } from '../platform/of-business.ts';
import type { PublicMediaUrl } from '../platform/uploads/addresses.ts';
import type { OutboundContent, OutboundState } from '../text/message.ts';
import { isQuiet, type QuietHours } from '../text/quiet-hours.ts';
import { uploadNameOf } from '../text/upload-reference.ts';
import type { AccountLanes, LaneRequest, LaneTurn } from './account-lanes.ts';
import { troubleOf, troubleOfRefusal } from './account-trouble.ts';
import { noteAccountTrouble, noteAccountWorks } from './account-trouble-store.ts';
import type { PlanDueTexts } from './due-texts.ts';
import { gate, NEEDS_RECONNECT } from './gate.ts';
import { isReachedFromOutside } from './message-contents.ts';
import {
  claimOutbound,
  hasEcho,
  loadOutbound,
  markOutboundSent,
  noteWaiting,
  type OutboundToSend,
  settleOutbound,
  unclaimOutbound,
} from './store.ts';
import { solveSettledTickets } from './undelivered-store.ts';

/** Step 6: sends planned rows in order, each behind the gate, and keeps what became of them. */

export interface SenderDeps {
  db: Database;
  channels: Channels;
  credentials: Pick<AccountCredentials, 'of'>;
  /** Room for requests, by account. One for all sends of the process. */
  lanes: AccountLanes;
  quietHours: OfBusiness<QuietHours | null>;
  /** Those who have words to send that are made only when they are due. */
  dueTexts: readonly PlanDueTexts[];
  /** Where providers fetch uploaded files. Absent: nowhere. */
  publicMediaUrl?: PublicMediaUrl;
}

/** One call's way of sending. `signal` cancels waiting, not a request whose bytes may have left. */
export interface SendAttempt extends Omit<LaneRequest, 'sendId'> {
  /** An earlier attempt took the row and never came back. */
  onInterrupted: (outboundId: string) => void;
  /** The first row, when the caller has claimed it already. */
  claimed?: OutboundToSend | null;
}

export interface SendOutcome {
  state: OutboundState;
  reason: string;
}

/** Another attempt has the row, and tells what becomes of it. */
export const CLAIMED_ELSEWHERE = 'claimed_elsewhere';

/** Until its account is connected again: not waiting long at first, and never as long as what counts as forgotten. */
const HELD_MS = { shortest: 2000, longest: 40_000, shareOfAge: 0.25 };

/** How long the proof of a request is held on to while the database is away. */
const KEEP_PROOF_MS = 120_000;

/**
 * Sends rows in the order given and returns the last one's outcome; null when there was none. A part that did not arrive holds
 * back those after it: half an answer misleads. Repeating it is safe: a row that left its `planned` state is never requested
 * again. Throws ChannelUnavailableError only when the provider certainly did not process a request, and that row is planned
 * again by then; AccountBusyError while its account has no room, and SendingPausedError while all sends are held back: then the
 * rows stay planned. So do those of an account that must be connected again, which wait for that.
 */
export async function sendInOrder(
  deps: SenderDeps,
  ids: readonly string[],
  attempt: SendAttempt,
): Promise<SendOutcome | null> {
  const { claimed = null } = attempt;
  try {
    let last: SendOutcome | null = null;
    if (claimed) {
      last = await sendGated(deps, claimed, attempt, 'sending');
      if (ids.length === 1) return last;
    }
    for (const row of await loadRows(deps, claimed ? ids.slice(1) : ids)) {
      if (last && last.state !== 'sent') {
        await settleOutbound(deps.db, row.id, 'blocked', 'earlier_part_not_sent', ['planned']);
        continue;
      }
      last = await sendOne(deps, last ? await reload(deps, row) : row, attempt);
    }
    return last;
  } catch (error) {
    if (error instanceof AccountBusyError && !attempt.mustBeShort) await noteWaiting(deps.db, ids, error.reason);
    if (error instanceof AccountHeldError) await noteWaiting(deps.db, ids, NEEDS_RECONNECT);
    throw error;
  }
}

/** The account must be connected again, and the message waits for it. */
class AccountHeldError extends SendingPausedError {
  constructor({ gate: { plannedAtMs } }: OutboundToSend) {
    const { shortest, longest, shareOfAge } = HELD_MS;
    const waitMs = Math.min(Math.max((Date.now() - plannedAtMs) * shareOfAge, shortest), longest);
    // Of many that wait, not all come back at once.
    super('The account must be connected again.', Math.round(waitMs * (0.75 + Math.random() / 4)));
  }
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

/** A row that may be asked for: `sending` when it is claimed already, in the very statement that read it. */
type From = 'planned' | 'sending';

/** The attempts that this process has under way, by their row's id. */
const underway = new Map<string, Promise<unknown>>();

/** Through the gate, and through the lane of its account. What was claimed and finds no way now is planned again. */
function sendGated(deps: SenderDeps, row: OutboundToSend, attempt: SendAttempt, from: From): Promise<SendOutcome> {
  const sending = passGate(deps, row, attempt, from);
  const all = Promise.allSettled([underway.get(row.id), sending]).then(() => {
    if (underway.get(row.id) === all) underway.delete(row.id);
  });
  underway.set(row.id, all);
  return sending;
}

async function passGate(deps: SenderDeps, row: OutboundToSend, attempt: SendAttempt, from: From): Promise<SendOutcome> {
  try {
    const way = await findWay(deps, row, from);
    if ('state' in way) return way;
    const how = { ...attempt, sendId: row.id };
    return await deps.lanes.run(row.accountId, how, async (lane) => {
      if (!lane.hasWaited) return request(deps, row, way, lane, { ...attempt, from });
      const now = await reload(deps, row);
      if (now.state !== 'planned') return learnOutcome(deps, now);
      const wayNow = await findWay(deps, now, 'planned');
      return 'state' in wayNow ? wayNow : request(deps, now, wayNow, lane, { ...attempt, from: 'planned' });
    });
  } catch (error) {
    const isHeldBack = error instanceof AccountBusyError || error instanceof SendingPausedError;
    if (isHeldBack && from === 'sending') await keepTrying(() => unclaimOutbound(deps.db, row.id));
    throw error;
  }
}

/** By what a row may leave, after the gate has let it through. */
interface Way {
  channel: Channel;
  /** With addresses that can be fetched. */
  content: OutboundContent;
  asHumanAgent: boolean;
}

/** The row's way, or its outcome where it has none. Throws SendingPausedError while all sends are held back. */
async function findWay(deps: SenderDeps, row: OutboundToSend, from: From): Promise<Way | SendOutcome> {
  const quietHours = await forBusiness(deps.quietHours, row.businessId);
  const nowMs = Date.now();
  const channel = deps.channels.get(row.channel);
  if (!channel) return refuse(deps, row, 'channel_is_off', [from]);
  const { window, consent } = channel;
  const quiet = isQuiet(quietHours, row.timeZone, nowMs);
  const verdict = gate({ ...row.gate, window, consent, quiet }, nowMs);
  if (!verdict.open && verdict.isHeld) throw new AccountHeldError(row);
  if (!verdict.open) return settle(deps, row, 'blocked', verdict.reason, [from]);
  if (row.sendingPaused) throw new SendingPausedError('All sends are held back.');
  const content = await withAddress(deps, row, channel);
  if (!content) return refuse(deps, row, 'no_public_address', [from]);
  return { channel, content, asHumanAgent: verdict.asHumanAgent };
}

/** An uploaded file gets the address under which it can be fetched now; null where nobody outside could fetch it. */
async function withAddress(
  { credentials, publicMediaUrl }: SenderDeps,
  { content, accountExternalId }: OutboundToSend,
  channel: Channel,
): Promise<OutboundContent | null> {
  if (!('url' in content) || uploadNameOf(content.url) === null || !isReachedFromOutside(channel)) return content;
  const isLocal = channel.isLocal?.(await credentials.of(channel.name, accountExternalId)) ?? false;
  const url = publicMediaUrl?.(content.url, isLocal) ?? null;
  return url === null ? null : { ...content, url };
}

async function request(
  deps: SenderDeps,
  row: OutboundToSend,
  { channel, content, asHumanAgent }: Way,
  lane: LaneTurn,
  { from, signal, mustBeShort = false }: SendAttempt & { from: From },
): Promise<SendOutcome> {
  const credentials = await deps.credentials.of(row.channel, row.accountExternalId);
  if (from === 'planned' && !(await claimOutbound(deps.db, row.id)))
    return { state: 'blocked', reason: CLAIMED_ELSEWHERE };
  const { accountExternalId, contactExternalId } = row;
  const how = { credentials, signal, ...(asHumanAgent ? { asHumanAgent } : {}) };
  try {
    const receipt = await channel.send({ accountExternalId, contactExternalId, content, intentId: row.id, ...how });
    const worksAgain = lane.note({ kind: 'sent' }) || row.gate.accountStatus === 'failing';
    await keepTrying(() => markOutboundSent(deps.db, row.id, { ...receipt, settledBy: 'provider' }));
    if (worksAgain) await keepTrying(() => noteAccountWorks(deps.db, row.accountId));
    // A person has answered: what waited for one in this conversation waits no more.
    if (row.gate.author === 'human') await keepTrying(() => solveSettledTickets(deps.db, row.conversationId));
    return { state: 'sent', reason: '' };
  } catch (error) {
    // Whoever sends in passing hands it on at once, and waits for no time.
    noteFailure(lane, mustBeShort ? { ...row, id: null } : row, error);
    const outcome = await afterFailure(deps, row, error);
    await tellTrouble(deps, row, lane);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }
}

/** What a failed request tells of the account's provider. */
function noteFailure(
  lane: LaneTurn,
  { id: sendId, contactExternalId }: { id: string | null; contactExternalId: string },
  error: unknown,
): void {
  if (error instanceof ChannelRejectedError)
    lane.note({ kind: 'refused', contact: troubleOfRefusal(error.reason) ? null : contactExternalId });
  else if (error instanceof ChannelUnavailableError && error.retryAfterMs !== null)
    lane.note({ kind: 'put_off', forMs: error.retryAfterMs, sendId });
  else if (error instanceof ChannelUnavailableError || error instanceof ChannelOutcomeUnknownError)
    lane.note({ kind: 'no_answer' });
}

async function tellTrouble({ db }: SenderDeps, { accountId }: OutboundToSend, lane: LaneTurn): Promise<void> {
  const trouble = lane.trouble();
  if (trouble) await keepTrying(() => noteAccountTrouble(db, accountId, troubleOf(trouble)));
}

/** The row's outcome, or the error with which the engine tries it again. */
async function afterFailure(deps: SenderDeps, row: OutboundToSend, error: unknown): Promise<SendOutcome | Error> {
  if (error instanceof ChannelRejectedError) {
    const trouble = troubleOfRefusal(error.reason);
    if (trouble?.status !== 'needs_reconnect') return refuse(deps, row, error.reason, ['sending']);
    // It is the account that was refused, not the message.
    await keepTrying(() => settleOutbound(deps.db, row.id, 'planned', NEEDS_RECONNECT, ['sending']));
    await keepTrying(() => noteAccountTrouble(deps.db, row.accountId, trouble));
    return new AccountHeldError(row);
  }
  if (error instanceof ChannelUnavailableError) {
    await keepTrying(() => settleOutbound(deps.db, row.id, 'planned', 'provider_unavailable', ['sending']));
    return error;
  }
  if (error instanceof ChannelOutcomeUnknownError) return settle(deps, row, 'unknown', error.reason, ['sending']);
  throw error;
}

/** It will never be delivered like this; what that says of the account is shown there. */
async function refuse(
  deps: SenderDeps,
  row: OutboundToSend,
  reason: string,
  from: readonly OutboundState[],
): Promise<SendOutcome> {
  const outcome = await settle(deps, row, 'rejected', reason, from);
  const trouble = troubleOfRefusal(reason);
  if (trouble) await keepTrying(() => noteAccountTrouble(deps.db, row.accountId, trouble));
  return outcome;
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
 * An earlier attempt took the row and has not come back. One that is alive in this process is waited for: its workflow task
 * was late, the request was not. Of any other the bytes may have left, so it is not sent again; should it still be alive
 * elsewhere and bring proof later, the row becomes sent.
 */
async function recoverInterrupted(
  deps: SenderDeps,
  row: OutboundToSend,
  { onInterrupted }: SendAttempt,
): Promise<SendOutcome> {
  const earlier = underway.get(row.id);
  if (earlier) {
    await earlier;
    return learnOutcome(deps, row);
  }
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
