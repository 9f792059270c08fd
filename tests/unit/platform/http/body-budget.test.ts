import { describe, expect, it } from 'vitest';
import { createBodyBudget } from '../../../../src/platform/http/body-budget.ts';

const budget = () => createBodyBudget({ freeBytes: 10, totalBytes: 100, clientBytes: 60 });

describe('createBodyBudget', () => {
  it('refuses one client more than its part, and all together more than there is', () => {
    const { open } = budget();
    expect(open(() => 'a').grow(70)).toBe(true);
    expect(open(() => 'a').grow(11)).toBe(false);
    expect(open(() => 'b').grow(50)).toBe(true);
    expect(open(() => 'c').grow(11)).toBe(false);
  });

  it('always has room for small bodies', () => {
    const { open } = budget();
    for (const client of ['a', 'b']) open(() => client).grow(60);
    for (let n = 0; n < 50; n++) expect(open(() => 'a').grow(10)).toBe(true);
  });

  it('counts what a body grows by, and gives all of it back once', () => {
    const { open } = budget();
    const share = open(() => 'a');
    for (const bytes of [5, 30, 70]) expect(share.grow(bytes)).toBe(true);
    expect(share.grow(71)).toBe(false);
    share.release();
    share.release();
    expect(open(() => 'a').grow(70)).toBe(true);
    expect(open(() => 'b').grow(50)).toBe(true);
    expect(open(() => 'b').grow(11)).toBe(false);
  });
});
