import type { WindowPolicy } from './channel-rules.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long the bot may write after the customer did; null: for ever. `ownMs` is what the settings say instead. */
export function windowMsOf(window: WindowPolicy, ownMs: number | null): number | null {
  return window.kind === 'none' ? null : (ownMs ?? window.hoursByDefault * HOUR_MS);
}

/** How long a person may write after the customer did, beyond the bot's window; null: no longer than the bot. */
export function humanAgentMsOf(window: WindowPolicy): number | null {
  return window.kind === 'none' || window.humanAgentDays === undefined ? null : window.humanAgentDays * DAY_MS;
}
