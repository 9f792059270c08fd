import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecideInput } from '../../activities/decide.activities.ts';
import { createTurnStages } from '../../src/composition.ts';
import { createBuiltinModel } from '../../src/replies/models/builtin-model.ts';
import { createPromptStore } from '../../src/replies/prompts/prompts.ts';
import { createReplySimulator } from '../../src/replies/simulate-reply.ts';
import type { Stage, TurnLesson } from '../../src/replies/stage.ts';
import { answerWith } from '../../src/replies/stage-answer.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';

// Goal: whoever adds a feature adds a stage to the list, and touches nothing else. Method: a stage made here, for gift cards.

let lab: ActivityLab;
beforeAll(async () => {
  lab = await openActivityLab();
});
afterAll(() => lab.close());

const stored: string[] = [];
const reverted: string[] = [];
beforeEach(() => {
  stored.length = 0;
  reverted.length = 0;
});

const giftCards: Stage = {
  name: 'gift cards',
  take: async ({ text, turnId }) => {
    if (!/gift card/i.test(text)) return null;
    return {
      answer: answerWith({ text: 'Gift cards start at ten.', intent: 'gift_card', promptName: 'gift_card' }),
      facts: { sentences: ['Gift cards start at ten.'] },
      lesson: { products: [{ brand: 'Cards', categories: [], price: null }] },
      store: async (tx, decisionId) => {
        // Fails unless the decision is there.
        await tx.decision.findUniqueOrThrow({ where: { id: decisionId } });
        stored.push(turnId);
      },
    };
  },
  revert: async (_tx, _owner, turnId, reason) => {
    reverted.push(`${turnId} ${reason}`);
  },
};
const stagesOf = () => [giftCards, ...createTurnStages({ db: lab.db, orders: null, catalog: null })];

const inputOf = (talk: Talk & { messageIds: string[] }, changes: Partial<DecideInput> = {}): DecideInput => ({
  identity: { conversationId: talk.conversationId, businessId: talk.businessId },
  turnId: '1.1',
  messageIds: talk.messageIds,
  optOut: false,
  supersedesTurnIds: [],
  cancelFollowUpId: null,
  runNumber: 0,
  windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
  decideOnly: true,
  ...changes,
});
const decide = (input: DecideInput, deps: object = {}) =>
  lab.run('decideReply', input, { deps: { stages: stagesOf(), ...deps } });
const takeBack = (talk: Talk, turnId: string) =>
  lab.run(
    'recordConversation',
    { identity: talk, changes: { abandonTurns: { turnIds: [turnId], reason: 'superseded' } } },
    { deps: { stages: stagesOf() } },
  );
const keyOf = (talk: Talk, turnId: string) => `${talk.conversationId}:${turnId}`;

describe('a stage that was only added to the list', () => {
  it('answers, and its answer is stored and planned like any other', async () => {
    const talk = await lab.talk(['What is a gift card?']);
    const decided = await decide(inputOf(talk));
    expect(decided).toMatchObject({ outcome: 'reply', followUp: null });
    expect(stored).toEqual([keyOf(talk, '1.1')]);
    const where = { turnId: keyOf(talk, '1.1') };
    expect(await lab.db.decision.findUniqueOrThrow({ where, include: { outbound: true } })).toMatchObject({
      intent: 'gift_card',
      promptName: 'gift_card',
      facts: { sentences: ['Gift cards start at ten.'] },
      outbound: [{ text: 'Gift cards start at ten.', state: 'planned' }],
    });
  });

  it('passes, and the answer is what it would be without it', async () => {
    const talk = await lab.talk(['Hello']);
    await decide(inputOf(talk));
    await decide(inputOf(talk, { turnId: '2.1' }), { stages: stagesOf().slice(1) });
    const rows = await lab.db.decision.findMany({ where: { conversationId: talk.conversationId } });
    expect(new Set(rows.map(({ intent }) => intent)).size).toBe(1);
    expect(stored).toEqual([]);
  });

  it('writes once for a turn that is decided twice, and nothing for one that was taken back', async () => {
    const talk = await lab.talk(['A gift card please']);
    await decide(inputOf(talk));
    await decide(inputOf(talk));
    expect(stored).toEqual([keyOf(talk, '1.1')]);
    await takeBack(talk, '2.1');
    await decide(inputOf(talk, { turnId: '3.1', supersedesTurnIds: ['2.1'] }));
    expect(await decide(inputOf(talk, { turnId: '2.1' }))).toMatchObject({ outcome: 'discarded' });
    expect(stored).toEqual([keyOf(talk, '1.1'), keyOf(talk, '3.1')]);
  });

  it('takes back what it wrote for turns that another one supersedes', async () => {
    const talk = await lab.talk(['A gift card please']);
    await decide(inputOf(talk));
    await takeBack(talk, '1.1');
    await decide(inputOf(talk, { turnId: '2.2', supersedesTurnIds: ['1.1'] }));
    expect(reverted).toEqual([`${keyOf(talk, '1.1')} superseded`]);
  });

  it('stores no decision when what goes with it cannot be stored', async () => {
    const talk = await lab.talk(['A gift card please']);
    const broken: Stage = {
      ...giftCards,
      take: async (turn) => {
        const result = await giftCards.take(turn);
        return result && { ...result, store: () => Promise.reject(new Error('The disk is full.')) };
      },
    };
    await expect(decide(inputOf(talk), { stages: [broken] })).rejects.toThrow();
    expect(await lab.db.decision.count({ where: { conversationId: talk.conversationId } })).toBe(0);
  });

  it('has its lesson learnt, with what the turn wanted', async () => {
    const lessons: TurnLesson[] = [];
    const learners = [async (_tx: unknown, _owner: unknown, lesson: TurnLesson) => void lessons.push(lesson)];
    const talk = await lab.talk(['What does a gift card cost?']);
    await decide(inputOf(talk), { learners });
    expect(lessons).toMatchObject([{ intents: expect.arrayContaining(['price']), products: [{ brand: 'Cards' }] }]);
  });

  it('answers whoever only tries it, and writes nothing then', async () => {
    const builtin = createBuiltinModel(createPromptStore());
    const deps = { db: lab.db, channels: new Map(), model: builtin, builtin, stages: stagesOf() };
    const { businessId } = await lab.talk([]);
    const { reply } = await createReplySimulator(deps).simulateReply({ businessId, text: 'A gift card?' });
    expect(reply).toMatchObject({ proposal: { text: 'Gift cards start at ten.', action: 'reply' }, replaced: false });
    expect(stored).toEqual([]);
  });
});
