import { describe, expect, it } from 'vitest';
import { mayReload } from '../../../admin/src/stale-panel.ts';

function openTab() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('mayReload', () => {
  it('says yes when a part of the panel is gone for the first time', () => {
    expect(mayReload(openTab(), 1_800_000_000_000)).toBe(true);
  });

  it('says no when loading anew has just not helped, and yes again when time has passed', () => {
    const tab = openTab();
    expect(mayReload(tab, 1_800_000_000_000)).toBe(true);
    expect(mayReload(tab, 1_800_000_005_000)).toBe(false);
    expect(mayReload(tab, 1_800_000_060_000)).toBe(true);
  });
});
