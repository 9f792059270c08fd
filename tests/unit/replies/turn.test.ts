import { describe, expect, it } from 'vitest';
import { buildTurn } from '../../support/turn.ts';

describe('readTurn', () => {
  it('takes the new lines, their language and what they want', () => {
    const turn = buildTurn({ texts: ['سلام', 'قیمت این کیف چنده؟'] });
    expect(turn).toMatchObject({ text: 'سلام\nقیمت این کیف چنده؟', language: 'fa', open: [0, 1], known: null });
    expect(turn.intents).toContain('price');
  });

  it('asks whether there is a model only when a stage wants to know, and once', async () => {
    let asked = 0;
    const turn = buildTurn({
      withoutModel: async () => {
        asked += 1;
        return false;
      },
    });
    expect(asked).toBe(0);
    expect([await turn.withoutModel(), await turn.withoutModel()]).toEqual([false, false]);
    expect(asked).toBe(1);
  });

  it('takes what was spoken of from the context before it looks for it', async () => {
    const findTalkedAbout = async () => [['stored'], ['before', 'it']];
    expect(await buildTurn({ findTalkedAbout }).recentProductIds(1000)).toEqual(['stored']);
    expect(await buildTurn({ findTalkedAbout }).recentLists(1000)).toEqual([['stored'], ['before', 'it']]);
    const remembered = buildTurn({ findTalkedAbout, context: { recentLists: [['remembered']] } });
    expect(await remembered.recentProductIds(1000)).toEqual(['remembered']);
    expect(await buildTurn().recentProductIds(1000)).toEqual([]);
  });
});
