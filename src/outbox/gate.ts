import type { ConsentRules, WindowPolicy } from '../channels/channel-rules.ts';
import { humanAgentMsOf } from '../channels/channel-window.ts';
import type { ConversationMode, OutboundAuthor } from '../text/message.ts';

/** What the gate looks at, read immediately before the request leaves. Times in milliseconds since the epoch. */
export interface GateFacts {
  window: WindowPolicy;
  consent: ConsentRules;
  author: OutboundAuthor;
  purpose: string;
  plannedAtMs: number;
  mode: ConversationMode;
  /** Null: the customer never wrote, or the channel has no window. */
  windowExpiresAtMs: number | null;
  lastCustomerAtMs: number | null;
  lastPageMessageAtMs: number | null;
  optedOut: boolean;
  accountStatus: string;
  /** True when the shop's quiet hours run now. */
  quiet: boolean;
}

/**
 * `asHumanAgent`: only because a person wrote it, which the provider must be told. `isHeld`: it may leave once the account is
 * connected again, if nothing else has closed the gate by then.
 */
export type GateVerdict = { open: true; asHumanAgent: boolean } | { open: false; reason: string; isHeld?: true };

/** What waits for the account to be connected again has this reason. */
export const NEEDS_RECONNECT = 'account_needs_reconnect';

/** Purposes that tell the customer about the very thing that would close the gate. */
const PASSES_OPT_OUT = new Set(['opt_out_notice']);
const PASSES_PAUSE = new Set(['loop_notice']);

/**
 * The one place that decides whether a planned message may leave: owner, window, opt-out, quiet hours, account.
 * The bot is held back by a human in charge; a human is held back only by what the channel itself forbids.
 */
export function gate(facts: GateFacts, nowMs: number): GateVerdict {
  const verdict = gateOf(facts, nowMs);
  // A failing one may be well again at any moment; only a send tells.
  if (!verdict.open || facts.accountStatus === 'active' || facts.accountStatus === 'failing') return verdict;
  const held = facts.accountStatus === 'needs_reconnect' ? { isHeld: true as const } : {};
  return { open: false, reason: NEEDS_RECONNECT, ...held };
}

function gateOf(facts: GateFacts, nowMs: number): GateVerdict {
  const closed = (reason: string): GateVerdict => ({ open: false, reason });
  const open: GateVerdict = { open: true, asHumanAgent: false };
  if (!isWindowOpen(facts, nowMs)) {
    return isHumanAgent(facts, nowMs) ? { open: true, asHumanAgent: true } : closed('window_closed');
  }
  if (facts.author === 'human') return open;
  if (facts.mode === 'human') return closed('human_took_over');
  if (facts.mode === 'paused' && !PASSES_PAUSE.has(facts.purpose)) return closed('bot_paused');
  if (facts.lastPageMessageAtMs !== null && facts.lastPageMessageAtMs > facts.plannedAtMs)
    return closed('human_took_over');
  if (facts.optedOut && !passesOptOut(facts)) return closed('opted_out');
  if (facts.author === 'bot') return open;
  if (facts.quiet) return closed('quiet_hours');
  if (facts.author === 'follow-up' && (facts.lastCustomerAtMs ?? 0) > facts.plannedAtMs)
    return closed('customer_wrote');
  return open;
}

function isWindowOpen({ window, windowExpiresAtMs }: GateFacts, nowMs: number): boolean {
  return window.kind === 'none' || (windowExpiresAtMs !== null && windowExpiresAtMs > nowMs);
}

/** Some channels let a person answer for longer than the bot. */
function isHumanAgent({ author, window, lastCustomerAtMs }: GateFacts, nowMs: number): boolean {
  const allowedMs = humanAgentMsOf(window);
  return author === 'human' && allowedMs !== null && lastCustomerAtMs !== null && lastCustomerAtMs + allowedMs > nowMs;
}

/** Where the carrier answers STOP by itself, our own notice would only be refused. */
function passesOptOut({ purpose, consent }: GateFacts): boolean {
  return PASSES_OPT_OUT.has(purpose) && consent.optOutHandledBy === 'app';
}
