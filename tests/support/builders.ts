import type { Founding } from '../../src/conversations/core/founding.ts';
import { type ConversationPolicy, DEFAULT_LOOP_POLICY } from '../../src/conversations/core/policy.ts';
import type { ConversationEvent, EventKind, EventRef } from '../../src/conversations/core/state.ts';
import type { GateFacts } from '../../src/outbox/gate.ts';
import type { OutboundContent } from '../../src/text/message.ts';

/** A fixed moment for tests of pure functions: 2026-03-01 12:00 UTC. */
export const NOON_MS = Date.UTC(2026, 2, 1, 12);

export const HOUR_MS = 3_600_000;

export function buildPolicy(changes: Partial<ConversationPolicy> = {}): ConversationPolicy {
  return {
    windowMs: 24 * HOUR_MS,
    takeoverMs: 2 * HOUR_MS,
    loop: DEFAULT_LOOP_POLICY,
    decideLocally: false,
    maxHistoryEvents: null,
    ...changes,
  };
}

/** Numbers of events by their order, from 1: they rise with the clock, so only that is to be relied on. */
export function ranksOf(bursts: readonly (readonly number[])[]): number[][] {
  const sorted = [...new Set(bursts.flat())].sort((one, other) => one - other);
  return bursts.map((seqs) => seqs.map((seq) => sorted.indexOf(seq) + 1));
}

/** An event of the inbox; its message is named after its number. */
export function buildEvent(seq: number, changes: Partial<EventRef> = {}): EventRef {
  const kind: EventKind = changes.kind ?? 'message';
  return { seq, kind, messageId: `m${seq}`, atMs: NOON_MS, ...changes };
}

export function buildReceived(
  events: EventRef[],
  policy: ConversationPolicy = buildPolicy(),
): Extract<ConversationEvent, { type: 'received' }> {
  return { type: 'received', events, policy };
}

export function buildDecided(
  turnId: string,
  changes: Partial<Extract<ConversationEvent, { type: 'decided' }>> = {},
): Extract<ConversationEvent, { type: 'decided' }> {
  return {
    type: 'decided',
    turnId,
    outcome: 'reply',
    outboundIds: [`out-${turnId}`],
    followUp: null,
    askedMark: `asked-${turnId}`,
    replyMark: `reply-${turnId}`,
    ...changes,
  };
}

/** The rows of a conversation in which nothing has happened yet. */
export function buildFounding(changes: Partial<Founding> = {}): Founding {
  return {
    runNumber: 1,
    status: 'open',
    mode: 'bot',
    modeUntilMs: null,
    lastCustomerAtMs: null,
    settledSeq: 0,
    turns: 0,
    followUp: null,
    timers: [],
    lostTimers: [],
    exchanges: [],
    sending: null,
    handsOver: false,
    outbox: [],
    events: [],
    ...changes,
  };
}

/** What the gate sees when nothing stands in the way of a reply. */
export function buildGateFacts(changes: Partial<GateFacts> = {}): GateFacts {
  return {
    author: 'bot',
    purpose: 'reply',
    plannedAtMs: NOON_MS,
    mode: 'bot',
    windowExpiresAtMs: NOON_MS + HOUR_MS,
    lastCustomerAtMs: NOON_MS - 1000,
    lastPageMessageAtMs: null,
    optedOut: false,
    accountStatus: 'active',
    quiet: false,
    ...changes,
  };
}

export function buildText(text: string): OutboundContent {
  return { kind: 'text', text };
}
