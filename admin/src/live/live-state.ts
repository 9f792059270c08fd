import { createContext, useContext } from 'react';
import type { LiveState } from './live-connection.ts';

export const LiveContext = createContext<LiveState>('connecting');

export function useLiveState(): LiveState {
  return useContext(LiveContext);
}

const AWAY_POLL_MS = 15_000;

/**
 * How often a screen asks again by itself: never while changes are told as they happen.
 * `awayMs` is for what somebody waits for, like an answer in an open chat.
 */
export function usePollMs(awayMs = AWAY_POLL_MS): number | false {
  return useLiveState() === 'live' ? false : awayMs;
}
