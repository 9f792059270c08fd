import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '../../src/platform/errors.ts';
import { createRerunPlanner } from '../../src/replies/reruns/planner.ts';
import { MODEL, openRerunLab, type RerunLab } from '../support/rerun-lab.ts';

let lab: RerunLab;
beforeAll(async () => {
  lab = await openRerunLab();
}, 60_000);
afterAll(() => lab.close());

/** Everything that a customer could notice, or that could make something happen later. */
async function countEffects() {
  const { db } = lab;
  const [messages, outbound, decisions, followUps, timers, tickets] = await Promise.all([
    db.message.count(),
    db.outboundMessage.count(),
    db.decision.count(),
    db.followUp.count(),
    db.timer.count(),
    db.ticket.count(),
  ]);
  return { messages, outbound, decisions, followUps, timers, tickets };
}

const find = (id: string) => lab.db.rerun.findUniqueOrThrow({ where: { id } });
const resultsOf = (rerunId: string) =>
  lab.db.rerunResult.findMany({ where: { rerunId }, orderBy: { position: 'asc' } });
const waitFor = (id: string, state: string) =>
  vi.waitFor(async () => expect((await find(id)).state).toBe(state), { timeout: 30_000, interval: 100 });
const say = (text: string) => ({
  kind: 'json' as const,
  content: { text, action: 'reply', purchaseIntent: false, intent: 'other' },
});

describe('a re-run', () => {
  it('answers recorded turns with another prompt as they were then, and sends and plans nothing', async () => {
    const { planner, businessId, openai } = lab;
    await lab.record('When do you open?', 'We open at nine.');
    await lab.record('Thanks a lot', 'You are welcome.');
    const effects = await countEffects();
    const question = { businessId, prompt: 'v1', days: 7, limit: 10 };
    expect(await planner.estimate(question)).toMatchObject({
      turns: 2,
      promptVersion: 'v1',
      inputTokens: 1800,
      costMicros: 880,
    });
    expect(openai.requests).toHaveLength(0);
    openai.always(say('You are welcome.'));

    const worker = await lab.startWorker();
    try {
      const { id } = await planner.start(question, 'tester');
      await waitFor(id, 'done');
      expect(await find(id)).toMatchObject({ total: 2, done: 2, failed: 0, changed: 1, createdBy: 'tester' });
      const results = await resultsOf(id);
      expect(results.map(({ question: asked, difference }) => [asked, difference])).toEqual([
        ['Thanks a lot', 'same'],
        ['When do you open?', 'wording'],
      ]);
      expect(results[1]).toMatchObject({
        before: { text: 'We open at nine.', promptVersion: 'v1', costMicros: 440 },
        after: { text: 'You are welcome.', promptName: 'reply', promptVersion: 'v1', inputTokens: 100 },
      });
      // What was said after the turn is not told to the model, nor the answer of then.
      const told = JSON.stringify(openai.requests.map(({ body }) => body.messages));
      expect(told).toContain('When do you open?');
      expect(told).not.toContain('said later');
      expect(told).not.toContain('We open at nine.');
      expect(await countEffects()).toEqual(effects);
    } finally {
      await worker.stop();
      openai.always(null);
    }
  });

  it("speaks by the shop's own draft and by another model, each as it was asked for", async () => {
    const { db, planner, businessId, openai } = lab;
    const own = (mark: string) => `${mark} {{businessPrompt}} {{maxReplyCharacters}} {{canary}}`;
    const draft = { businessId, name: 'reply', version: 'v2.7', fa: own('FA'), en: own('Very short.'), createdBy: 't' };
    await db.promptVersion.create({ data: draft });
    const from = openai.requests.length;
    const worker = await lab.startWorker();
    try {
      const { id, estimate } = await planner.start(
        { businessId, prompt: 'v2.7', model: 'gpt-4.1', days: 7, limit: 1 },
        't',
      );
      expect(estimate).toMatchObject({ turns: 1, promptVersion: 'v2.7', model: 'gpt-4.1' });
      await waitFor(id, 'done');
      const [asked] = openai.requests.slice(from);
      expect(asked?.body.model).toBe('gpt-4.1');
      expect(asked?.body.messages?.[0]?.content).toMatch(/^Very short\./);
      expect((await resultsOf(id))[0]).toMatchObject({ after: { promptVersion: 'v2.7', model: 'gpt-4.1' } });
    } finally {
      await worker.stop();
    }
  });

  it('goes on after a worker died, without asking again for what is answered', async () => {
    const { planner, businessId, openai } = lab;
    for (let at = 0; at < 9; at++) await lab.record(`Question number ${at}`, `Answer ${at}`);
    openai.always({ kind: 'delay', ms: 150 });
    let worker = await lab.startWorker();
    const { id } = await planner.start({ businessId, prompt: 'v2', days: 7, limit: 9 }, 't');
    await vi.waitFor(async () => expect((await find(id)).done).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });
    await worker.stop();
    const { state, done } = await find(id);
    expect(state).toBe('running');
    // What was under way when the worker stopped has no answer and is asked again.
    const from = openai.requests.length;
    worker = await lab.startWorker();
    try {
      await waitFor(id, 'done');
      const results = await resultsOf(id);
      expect(results.every(({ state }) => state === 'done')).toBe(true);
      expect(await find(id)).toMatchObject({ done: 9, total: 9, failed: 0 });
      expect(openai.requests.length - from).toBe(9 - done);
    } finally {
      await worker.stop();
      openai.always(null);
    }
  });

  it('ends when it is cancelled, and keeps what it has', async () => {
    const { planner, businessId, openai } = lab;
    openai.always({ kind: 'delay', ms: 400 });
    const worker = await lab.startWorker();
    try {
      const { id } = await planner.start({ businessId, prompt: 'v2', days: 7, limit: 9 }, 't');
      await vi.waitFor(async () => expect((await find(id)).done).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });
      await planner.cancel(businessId, id, 't');
      const { done, total } = await find(id);
      expect(done).toBeLessThan(total);
      await vi.waitFor(async () => {
        const { status } = await lab.temporal.client.workflow.getHandle(`rerun:${id}`).describe();
        expect(status.name).toBe('CANCELLED');
      }, 20_000);
      expect(await find(id)).toMatchObject({ state: 'cancelled', done });
      await expect(planner.cancel(businessId, id, 't')).rejects.toMatchObject({ code: 'conflict' });
    } finally {
      await worker.stop();
      openai.always(null);
    }
  });

  it('goes on without a turn that no model can answer', async () => {
    const { planner, businessId, openai } = lab;
    openai.always({ kind: 'status', status: 401, code: 'invalid_api_key' });
    const worker = await lab.startWorker();
    try {
      const { id } = await planner.start({ businessId, prompt: 'v2', days: 7, limit: 2 }, 't');
      await waitFor(id, 'done');
      expect(await find(id)).toMatchObject({ done: 2, failed: 2, changed: 0 });
      const reasons = (await resultsOf(id)).map(({ state, reason }) => [state, reason]);
      expect(reasons).toEqual([
        ['failed', 'model_rejected'],
        ['failed', 'model_rejected'],
      ]);
    } finally {
      await worker.stop();
      openai.always(null);
    }
  });

  it('is refused for what there is not, and leaves nothing behind when Temporal is away', async () => {
    const { db, planner, businessId } = lab;
    const question = { businessId, days: 7, limit: 5 };
    await expect(planner.start({ ...question, prompt: 'v99' }, 't')).rejects.toThrow(/There are: v1, v2/);
    const away = createRerunPlanner({
      db,
      modelInUse: MODEL,
      reruns: { start: () => Promise.reject(new UnavailableError('away')), cancel: () => Promise.resolve(false) },
    });
    const before = await db.rerun.count();
    await expect(away.start({ ...question, prompt: 'v2' }, 't')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await db.rerun.count()).toBe(before);
    const stranger = await db.business.create({ data: { slug: 'other', name: 'Other' } });
    await expect(planner.start({ ...question, businessId: stranger.id }, 't')).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
