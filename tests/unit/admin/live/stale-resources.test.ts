import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectStaleResources } from '../../../../admin/src/live/stale-resources.ts';

describe('collectStaleResources', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells a change soon, with those that came beside it', () => {
    const tell = vi.fn();
    const stale = collectStaleResources(tell);
    stale.add('tickets');
    stale.add('tickets');
    vi.advanceTimersByTime(100);
    expect(tell).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(tell.mock.calls).toEqual([[['tickets']]]);
  });

  it('also tells the screens that show the row beside others', () => {
    const tell = vi.fn();
    collectStaleResources(tell).add('messages');
    vi.advanceTimersByTime(200);
    expect(tell).toHaveBeenCalledWith(['messages', 'conversations']);
  });

  it('tells at most once a second, however much happens', () => {
    const tell = vi.fn();
    const stale = collectStaleResources(tell);
    for (let passedMs = 0; passedMs < 10_000; passedMs += 10) {
      stale.add('messages');
      vi.advanceTimersByTime(10);
    }
    expect(tell.mock.calls.length).toBeGreaterThanOrEqual(9);
    expect(tell.mock.calls.length).toBeLessThanOrEqual(11);
  });

  it('tells nothing after it was stopped', () => {
    const tell = vi.fn();
    const stale = collectStaleResources(tell);
    stale.add('tickets');
    stale.stop();
    vi.advanceTimersByTime(5000);
    expect(tell).not.toHaveBeenCalled();
  });
});
