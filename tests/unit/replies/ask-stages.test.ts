import { describe, expect, it } from 'vitest';
import { askStages } from '../../../src/replies/ask-stages.ts';
import type { KnownProduct } from '../../../src/replies/known-product.ts';
import type { Stage, StageAnswer, StageResult } from '../../../src/replies/stage.ts';
import { answerWith } from '../../../src/replies/stage-answer.ts';
import type { Turn } from '../../../src/replies/turn.ts';
import { buildTurn } from '../../support/turn.ts';

const saying = (text: string, changes: Partial<StageAnswer> = {}) => answerWith({ text, intent: text, ...changes });
const storing = async () => {};

/** A stage that gives always the same, and notes that it was asked. */
function stageOf(name: string, result: StageResult | null, asked: string[] = []): Stage {
  return {
    name,
    take: async () => {
      asked.push(name);
      return result;
    },
  };
}

const product = (id: string): KnownProduct => ({
  ...{ id, title: id, brand: null, available: null, price: null, oldPrice: null, url: null },
});

describe('askStages', () => {
  it('asks one stage after the other until one has answered', async () => {
    const asked: string[] = [];
    const stages = [
      stageOf('passes', null, asked),
      stageOf('answers', { answer: saying('here') }, asked),
      stageOf('is not reached', { answer: saying('there') }, asked),
    ];
    expect((await askStages(stages, buildTurn())).answer).toEqual(saying('here'));
    expect(asked).toEqual(['passes', 'answers']);
  });

  it('has no answer, and nothing to write, when all of them pass', async () => {
    const result = await askStages([stageOf('one', null), stageOf('two', null)], buildTurn());
    expect(result).toEqual({ answer: null, facts: {}, timers: null, lessons: [], stores: [] });
  });

  it('gives those behind it what a stage found, each product once', async () => {
    let seen: Turn['known'] = null;
    const looks: Stage = {
      name: 'looks',
      take: async ({ known }) => {
        seen = known;
        return { answer: saying('seen') };
      },
    };
    const stages = [
      stageOf('one', { context: { products: [product('a'), product('b')], focusIds: ['a'] } }),
      stageOf('two', { context: { products: [product('b')], focusIds: ['a', 'b'] } }),
      looks,
    ];
    await askStages(stages, buildTurn());
    expect(seen).toEqual({ products: [product('a'), product('b')], focusIds: ['a', 'b'] });
  });

  it('tells those behind it nothing when nobody looked', async () => {
    const turn = buildTurn();
    await askStages([stageOf('answers', { answer: saying('here') })], turn);
    expect(turn.known).toBeNull();
  });

  describe('with a reminder', () => {
    const form: StageResult = { reminder: 'How many?', timers: { set: [], cancel: ['form'] }, store: storing };

    it('says it behind the reply of another, and keeps what belongs to it', async () => {
      const contents = [{ kind: 'text' as const, text: 'Three days.' }];
      const answers = { answer: saying('Three days.', { contents }) };
      const result = await askStages([stageOf('form', form), stageOf('answers', answers)], buildTurn());
      expect(result.answer).toMatchObject({
        text: 'Three days.\n\nHow many?',
        contents: [...contents, { kind: 'text', text: 'How many?' }],
      });
      expect(result).toMatchObject({ timers: { set: [], cancel: ['form'] }, stores: [storing] });
    });

    it.each(['handoff', 'fallback', 'silent'] as const)(
      'leaves it out with all it wanted where the other’s outcome is %s',
      async (outcome) => {
        const answers = { answer: saying('A person comes.', { outcome }) };
        const result = await askStages([stageOf('form', form), stageOf('answers', answers)], buildTurn());
        expect(result).toMatchObject({ answer: { text: 'A person comes.' }, timers: null, stores: [] });
      },
    );
  });

  describe('with a wish to buy', () => {
    const asked = (text: string, ...results: StageResult[]) =>
      askStages(
        results.map((result, at) => stageOf(`stage ${at}`, result)),
        buildTurn({ texts: [text] }),
      ).then(({ answer }) => answer?.purchaseIntent);
    const plain: StageResult = { answer: saying('Of course.') };
    const lesson = { products: [{ brand: '', categories: [], price: null }] };

    it('hears it by rules where the answer says nothing of it', async () => {
      expect(await asked('How much is the blue shirt?', plain)).toBe(true);
      expect(await asked('When are you open?', plain)).toBe(false);
      expect(await asked('Do you have bags?', { lesson }, plain)).toBe(true);
      expect(await asked('Do you have bags?', plain)).toBe(false);
    });

    it('believes an answer that tells of it, whatever the words', async () => {
      expect(await asked('The blue one', { answer: saying('Which size?', { purchaseIntent: true }) })).toBe(true);
    });

    it('believes who knows that nothing is to be bought any more', async () => {
      const placed = saying('Placed.', { knowsIntent: true, covers: [] });
      expect(await asked('I want to order it', { answer: placed }, plain)).toBe(false);
      const open = saying('How many?', { knowsIntent: true, purchaseIntent: true });
      expect(await asked('two', { answer: open })).toBe(true);
    });

    it('remembers an order that is begun behind the answer to something else', async () => {
      const form = { reminder: 'How many?', wantsToBuy: true };
      expect(await asked('When are you open?', form, plain)).toBe(true);
      expect(
        await asked('When are you open?', form, { answer: saying('A person comes.', { outcome: 'handoff' }) }),
      ).toBe(false);
    });
  });

  describe('with answers to parts of a turn', () => {
    const turn = () => buildTurn({ texts: ['what does it cost?', 'and when can I come?'] });
    const price = stageOf('price', { answer: saying('Ten.', { covers: [0] }), store: storing });

    it('goes on with what is open, and joins the answers in the order of the stages', async () => {
      let open: readonly number[] = [];
      const rest: Stage = {
        name: 'rest',
        take: async (asked) => {
          open = asked.open;
          return { answer: saying('At six.', { purchaseIntent: true }) };
        },
      };
      const { answer } = await askStages([price, rest], turn());
      expect(open).toEqual([1]);
      expect(answer).toMatchObject({ text: 'Ten.\n\nAt six.', intent: 'Ten.', outcome: 'reply', purchaseIntent: true });
    });

    it('asks nobody more once every part is answered', async () => {
      const asked: string[] = [];
      const time = stageOf('time', { answer: saying('At six.', { covers: [1] }) });
      await askStages([price, time, stageOf('model', { answer: saying('?') }, asked)], turn());
      expect(asked).toEqual([]);
    });

    it('makes the whole a matter for a person when a part is one', async () => {
      const ticket = { reason: 'handoff', note: '' };
      const person = stageOf('person', { answer: saying('A person comes.', { outcome: 'handoff', ticket }) });
      const { answer, stores } = await askStages([price, person], turn());
      expect(answer).toMatchObject({ text: 'Ten.\n\nA person comes.', outcome: 'handoff', ticket });
      expect(stores).toEqual([storing]);
    });
  });
});
