import { describe, expect, it } from 'vitest';
import { readSteps, type ShopFacts, STEP_NAMES } from '../../../src/first-hour/rules.ts';

const NEW: ShopFacts = {
  hasOwnName: false,
  hasHours: false,
  accounts: 0,
  heardAccounts: 0,
  products: 0,
  answers: 0,
  hasModel: false,
  tried: 0,
  people: 1,
};
const stateOf = (name: string, facts: Partial<ShopFacts>) =>
  readSteps({ ...NEW, ...facts }).find((step) => step.name === name);

describe('readSteps', () => {
  it('leaves everything to do to a new shop, in one order', () => {
    const steps = readSteps(NEW);
    expect(steps.map(({ name }) => name)).toEqual([...STEP_NAMES]);
    expect(steps.every(({ state }) => state === 'open')).toBe(true);
    expect(steps.filter(({ isOptional }) => isOptional).map(({ name }) => name)).toEqual(['model', 'invite']);
  });

  it('calls a channel connected once something came from it, and begun before', () => {
    expect(stateOf('channel', { accounts: 1 })).toMatchObject({ state: 'started' });
    expect(stateOf('channel', { accounts: 1, heardAccounts: 1 })).toMatchObject({ state: 'done' });
  });

  it('wants five answers, and counts no further', () => {
    expect(stateOf('answers', { answers: 4 })).toMatchObject({ state: 'started', count: 4, wanted: 5 });
    expect(stateOf('answers', { answers: 9 })).toMatchObject({ state: 'done', count: 5 });
  });

  it('does not take the first person for a colleague', () => {
    expect(stateOf('invite', { people: 1 })).toMatchObject({ state: 'open' });
    expect(stateOf('invite', { people: 2 })).toMatchObject({ state: 'done' });
  });
});
