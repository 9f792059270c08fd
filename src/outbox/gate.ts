import type { ConversationMode, OutboundAuthor } from '../text/message.ts';

/** What the gate looks at, read immediately before the request leaves. Times in milliseconds since the epoch. */
export interface GateFacts {
  author: OutboundAuthor;
  purpose: string;
  plannedAtMs: number;
  mode: ConversationMode;
  windowExpiresAtMs: number | null;
  lastCustomerAtMs: number | null;
  lastPageMessageAtMs: number | null;
  optedOut: boolean;
  accountStatus: string;
  /** True when the shop's quiet hours run now. */
  quiet: boolean;
}

export type GateVerdict = { open: true } | { open: false; reason: string };

/** Purposes that tell the customer about the very thing that would close the gate. */
const PASSES_OPT_OUT = new Set(['opt_out_notice']);

/**
 * The one place that decides whether a planned message may leave: owner, window, opt-out, quiet hours, account.
 * The bot is held back by a human in charge; a human is held back only by what the channel itself forbids.
 */
export function gate(facts: GateFacts, nowMs: number): GateVerdict {
  const closed = (reason: string): GateVerdict => ({ open: false, reason });
  // A failing one may be well again at any moment; only a send tells.
  if (facts.accountStatus !== 'active' && facts.accountStatus !== 'failing') return closed('account_needs_reconnect');
  if (facts.windowExpiresAtMs === null || facts.windowExpiresAtMs <= nowMs) return closed('window_closed');
  if (facts.author === 'human') return { open: true };
  if (facts.mode === 'human') return closed('human_took_over');
  if (facts.mode === 'paused') return closed('bot_paused');
  if (facts.lastPageMessageAtMs !== null && facts.lastPageMessageAtMs > facts.plannedAtMs)
    return closed('human_took_over');
  if (facts.optedOut && !PASSES_OPT_OUT.has(facts.purpose)) return closed('opted_out');
  if (facts.author === 'bot') return { open: true };
  if (facts.quiet) return closed('quiet_hours');
  if (facts.author === 'follow-up' && (facts.lastCustomerAtMs ?? 0) > facts.plannedAtMs)
    return closed('customer_wrote');
  return { open: true };
}
