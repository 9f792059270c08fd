import { describe, expect, it } from 'vitest';
import { createTurnStages } from '../../src/composition.ts';
import { type createStages, FEATURES } from '../../src/features.ts';
import type { Database } from '../../src/platform/database/client.ts';

const db = {} as Database;
const catalog = {
  voice: { show: () => nothing, findNothing: () => nothing, isAnsweredByShop: () => false },
  crossSellCooldownMs: null,
};
const nothing = { contents: [], text: '', promptVersion: '1' };
const namesOf = (stages: ReturnType<typeof createStages>) => stages.map(({ name }) => name);

describe('createStages', () => {
  it('asks for consent first, then an open order form, then the catalog', () => {
    const stages = createTurnStages({ db, orders: { limitMs: 1000 }, catalog });
    expect(namesOf(stages)).toEqual(['consent', 'order', 'catalog']);
  });

  it('leaves out what is switched off, but still takes back what orders wrote before they were', () => {
    const stages = createTurnStages({ db, orders: null, catalog: null });
    expect(namesOf(stages)).toEqual(['consent', 'order']);
    expect(stages.find(({ name }) => name === 'order')?.revert).toBeDefined();
  });
});

describe('FEATURES', () => {
  it('has each feature once', () => {
    const names = FEATURES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
