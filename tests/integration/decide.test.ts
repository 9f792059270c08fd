import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DecideInput } from '../../activities/decide.activities.ts';
import { ACTIVITY_PORTS } from '../../src/composition.ts';
import { cancelFollowUp, planFollowUpOutbound } from '../../src/follow-ups/store.ts';
import { createAccountLanes } from '../../src/outbox/account-lanes.ts';
import { loadReplyContext } from '../../src/replies/context-store.ts';
import { abandonTurn } from '../../src/replies/decision-store.ts';
import { FIXED_TEXTS } from '../../src/replies/fixed-texts.ts';
import { createReplyModel } from '../../src/replies/models/router.ts';
import { MODEL_ATTEMPTS } from '../../src/replies/retry-budget.ts';
import { markOf } from '../../src/text/fingerprint.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';

let lab: ActivityLab;
let openai: FakeOpenAi;
beforeAll(async () => {
  [lab, openai] = await Promise.all([openActivityLab(), startFakeOpenAi()]);
});
afterEach(() => openai.always(null));
afterAll(async () => {
  await openai.close();
  await lab.close();
});

/** A new one each time: a model rests after an account error. */
const model = () =>
  createReplyModel({
    provider: 'compatible',
    timeoutMs: 5000,
    providers: [{ name: 'compatible', apiKey: null, baseUrl: openai.url, model: 'test-model' }],
  });
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
/** As for nearly every turn: what is decided leaves at once. */
const atOnce = ({ decideOnly: _, ...input }: DecideInput): DecideInput => input;
const decide = (input: DecideInput, options?: Parameters<ActivityLab['run']>[2]) =>
  lab.run('decideReply', input, options);
const decisionOf = (input: DecideInput) =>
  lab.db.decision.findUniqueOrThrow({
    where: { turnId: `${input.identity.conversationId}:${input.turnId}` },
    include: { outbound: true },
  });
const whose = ({ identity }: DecideInput) => ({ conversationId: identity.conversationId });
/** As if the first attempt had begun then. */
const begunAgo = (input: DecideInput, ms: number) =>
  lab.db.dispatch.update({ where: whose(input), data: { begunAt: new Date(Date.now() - ms) } });
const ticketsOf = (talk: Talk) => lab.db.ticket.findMany({ where: { conversationId: talk.conversationId } });

describe('decideReply', () => {
  it('stores the decision and what it plans, and returns ids and marks only', async () => {
    const talk = await lab.talk(['سلام', 'ساعت کاری شما؟']);
    const input = inputOf(talk);
    const decided = await decide(input);
    expect(decided).toMatchObject({ turnId: '1.1', outcome: 'reply', followUp: null });
    const decision = await decisionOf(input);
    expect(decision).toMatchObject({
      state: 'decided',
      outcome: 'reply',
      messageIds: talk.messageIds,
      model: 'builtin',
    });
    expect(decision.outbound.map((row) => row.id)).toEqual(decided.outboundIds);
    expect(decision.outbound[0]).toMatchObject({ state: 'planned', author: 'bot', purpose: 'reply' });
    expect(decided.replyMark).toBe(markOf(decision.outbound[0]?.text as string));
    expect(JSON.stringify(decided)).not.toMatch(/\p{Script=Arabic}/u);
  });

  it('tells the relay that its turn has begun, and no reader of the conversation does', async () => {
    const { talk, handedAt } = await handOver();
    await loadReplyContext(lab.db, talk.conversationId, talk.messageIds);
    expect(await handedAt()).not.toBeNull();
    await decide(inputOf(talk));
    expect(await handedAt()).toBeNull();
  });

  it('counts as handed over until it is stored where others wait and no model is asked, and else until it begins', async () => {
    const { talk, handedAt } = await handOver();
    const waiting = await handOver({ handedAt: null, dueAt: new Date(Date.now() - 1000) });
    const begin = async (isQuick: boolean) => {
      await lab.db.dispatch.update({ where: { conversationId: talk.conversationId }, data: { handedAt: new Date() } });
      const options = { begins: 'begun', isQuick };
      return (await loadReplyContext(lab.db, talk.conversationId, talk.messageIds, options))?.isHanded;
    };
    expect(await begin(true)).toBe(true);
    expect(await handedAt()).not.toBeNull();
    expect(await begin(false)).toBe(false);
    expect(await handedAt()).toBeNull();
    await begin(true);
    await decide(inputOf(talk));
    expect(await handedAt()).toBeNull();
    await lab.db.dispatch.update({
      where: { conversationId: waiting.talk.conversationId },
      data: { dueAt: new Date(Date.now() + 3_600_000) },
    });
    expect(await begin(true)).toBe(false);
  });

  it('learns of a customer without a catalog only who asks to buy or for a price', async () => {
    const learnt = (talk: Talk) => lab.db.behaviourProfile.count({ where: { contactId: talk.contactId } });
    const greeting = await lab.talk(['سلام، وقت بخیر']);
    await decide(inputOf(greeting));
    expect(await learnt(greeting)).toBe(0);
    const asking = await lab.talk(['قیمت کیف چرمی چنده؟']);
    await decide(inputOf(asking));
    expect(await learnt(asking)).toBe(1);
    expect(await loadReplyContext(lab.db, asking.conversationId, asking.messageIds)).toMatchObject({
      hasProducts: false,
      hasOrderForms: false,
    });
  });

  it('gives what was stored first when it runs again, whatever it thinks now', async () => {
    const talk = await lab.talk(['I want to buy two of the blue shirts']);
    const input = inputOf(talk);
    openai.script(
      { kind: 'json', content: { text: 'Which size?', action: 'reply', purchaseIntent: true, intent: 'order' } },
      {
        kind: 'json',
        content: { text: 'A person comes.', action: 'handoff', purchaseIntent: false, intent: 'handoff' },
      },
    );
    const first = await decide(input, { deps: { model: model() } });
    const second = await decide(input, { attempt: 2, deps: { model: model() } });
    expect(first).toMatchObject({ outcome: 'reply', followUp: { dueAtMs: expect.any(Number) } });
    expect({ ...second, replyMark: '' }).toEqual({ ...first, replyMark: '' });
    expect((await decisionOf(input)).outbound.map((row) => row.text)).toEqual(['Which size?']);
    expect(await lab.db.followUp.count({ where: { conversationId: talk.conversationId } })).toBe(1);
    expect(await ticketsOf(talk)).toEqual([]);
  });

  it.each([
    ['قیمت این کیف چنده؟', 1],
    ['I want to buy two of the blue shirts', 1],
    ['ساعت کاری شما چیه؟', 0],
  ])('promises a follow-up by rules when the model answers in plain text: %s', async (text, followUps) => {
    const talk = await lab.talk([text]);
    openai.script({ kind: 'text', content: 'همکارم به شما می‌گوید.' });
    const input = inputOf(talk);
    const decided = await decide(input, { deps: { model: model() } });
    expect(decided.followUp).toEqual(followUps === 1 ? expect.anything() : null);
    expect(await decisionOf(input)).toMatchObject({ model: 'test-model', purchaseIntent: followUps === 1 });
    expect(await lab.db.followUp.count({ where: { conversationId: talk.conversationId } })).toBe(followUps);
  });

  it.each([
    ['می‌خوام با اپراتور صحبت کنم', 'handoff'],
    ['سلام، لطفا راهنماییم کنید', 'reply'],
  ])('hands over who asks for a person when the model’s own answer may not be sent: %s', async (text, outcome) => {
    const talk = await lab.talk([text]);
    const lie = { text: 'فقط ۹۹٬۰۰۰ تومان است.', action: 'reply', purchaseIntent: false, intent: 'price' };
    openai.script({ kind: 'json', content: lie }, { kind: 'json', content: lie });
    const input = inputOf(talk);
    expect(await decide(input, { deps: { model: model() } })).toMatchObject({ outcome });
    const { outbound, ...decision } = await decisionOf(input);
    expect(decision).toMatchObject({ model: 'test-model', reason: 'replaced_by_checks' });
    expect(outbound[0]?.text).not.toContain('۹۹');
    expect(await ticketsOf(talk)).toHaveLength(outcome === 'handoff' ? 1 : 0);
  });

  it('stores one decision when it runs ten times at once', async () => {
    const talk = await lab.talk(['I want to order a shirt']);
    const input = inputOf(talk);
    const all = await Promise.all(Array.from({ length: 10 }, () => decide(input)));
    expect(new Set(all.map((decided) => decided.outboundIds.join())).size).toBe(1);
    expect(await lab.db.outboundMessage.count({ where: { conversationId: talk.conversationId } })).toBe(1);
    expect(await lab.db.followUp.count({ where: { conversationId: talk.conversationId } })).toBe(1);
  });

  it('discards a turn that was taken back while it was thought', async () => {
    const talk = await lab.talk();
    expect(await lab.takeBack(talk, '1.1')).toEqual([]);
    await decide(inputOf(talk, { turnId: '2.2', supersedesTurnIds: ['1.1'] }));
    const late = inputOf(talk);
    expect(await decide(late)).toMatchObject({ outcome: 'discarded', outboundIds: [], followUp: null });
    expect((await decisionOf(late)).state).toBe('superseded');
    expect(await lab.db.outboundMessage.count({ where: { conversationId: talk.conversationId } })).toBe(1);
  });

  it('takes back all turns before it: their lines are blocked and their follow-ups cancelled', async () => {
    const talk = await lab.talk(['I want to order a shirt']);
    const early = [inputOf(talk), inputOf(talk, { turnId: '2.2' })];
    const first = await decide(early[0] as DecideInput);
    const second = await decide(early[1] as DecideInput);
    await lab.takeBack(talk, '1.1', '2.2');
    const last = await decide(inputOf(talk, { turnId: '3.3', supersedesTurnIds: ['1.1', '2.2'] }));
    for (const old of [first, second]) {
      const row = await lab.outbound(old?.outboundIds[0] as string);
      expect(row).toMatchObject({ state: 'blocked', reason: 'superseded' });
      const followUp = await lab.db.followUp.findUniqueOrThrow({ where: { id: old?.followUp?.id as string } });
      expect(followUp.state).toBe('cancelled');
    }
    expect((await lab.outbound(last.outboundIds[0] as string)).state).toBe('planned');
    const conversation = await lab.db.conversation.findUniqueOrThrow({ where: { id: talk.conversationId } });
    expect(conversation.followUpDueAt?.getTime()).toBe(last.followUp?.dueAtMs);
  });

  it('takes back a turn whose decision is being committed at that moment', async () => {
    const talk = await lab.talk();
    const turnId = `${talk.conversationId}:1.1`;
    const inserted = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const committing = lab.db.$transaction(async (tx) => {
      const decision = await tx.decision.create({ data: { ...talkOf(talk), turnId, state: 'decided' } });
      await tx.outboundMessage.create({
        data: { ...talkOf(talk), decisionId: decision.id, author: 'bot', content: {}, text: 'late' },
      });
      inserted.resolve();
      await released.promise;
    });
    await inserted.promise;
    const undo = { ...ACTIVITY_PORTS, reverts: [] };
    const abandoning = lab.db.$transaction((tx) => abandonTurn(tx, talk, turnId, 'superseded', undo));
    setTimeout(released.resolve, 200);
    await Promise.all([committing, abandoning]);
    const rows = await lab.db.outboundMessage.findMany({ where: { conversationId: talk.conversationId } });
    expect(rows.map((row) => row.state)).toEqual(['blocked']);
  });

  it('answers an opt-out with the fixed notice, in the language of the customer, and promises nothing', async () => {
    const talk = await lab.talk(['لغو']);
    const input = inputOf(talk, { optOut: true });
    const decided = await decide(input, { deps: { model: model() } });
    const { outbound, outcome } = await decisionOf(input);
    expect(outcome).toBe('opt_out');
    expect(outbound[0]).toMatchObject({ purpose: 'opt_out_notice', text: FIXED_TEXTS.optedOut.fa });
    expect(decided).toMatchObject({ outcome: 'reply', followUp: null });
  });

  it('asks no model for a customer who wants no automatic messages, and one again who takes that back', async () => {
    const talk = await lab.talk(['What does the blue shirt cost?']);
    const optedOut = (optedOutAt: Date | null) =>
      lab.db.contact.update({ where: { id: talk.contactId }, data: { optedOutAt } });
    await optedOut(new Date());
    const before = openai.requests.length;
    const decided = await decide(inputOf(talk), { deps: { model: model() } });
    expect(decided).toMatchObject({ outcome: 'silent', outboundIds: [], followUp: null });
    expect(openai.requests.length).toBe(before);
    expect(await decisionOf(inputOf(talk))).toMatchObject({ outcome: 'silent', reason: 'opted_out' });
    await optedOut(null);
    const again = await decide(inputOf(talk, { turnId: '2.2' }), { deps: { model: model() } });
    expect(again).toMatchObject({ outcome: 'reply' });
    expect(openai.requests.length).toBe(before + 1);
  });

  it('calls a person for a hand-off, once', async () => {
    const talk = await lab.talk(['I want to talk to a human operator']);
    expect(await decide(inputOf(talk))).toMatchObject({ outcome: 'handoff' });
    await decide(inputOf(talk, { turnId: '2.2' }));
    expect((await ticketsOf(talk)).map((ticket) => ticket.reason)).toEqual(['handoff']);
  });

  it('promises a follow-up only for a customer who wants to buy, and cancels the one before', async () => {
    const talk = await lab.talk(['I want to order a shirt']);
    const first = await decide(inputOf(talk));
    const followUpId = first.followUp?.id as string;
    const row = await lab.db.followUp.findUniqueOrThrow({ where: { id: followUpId } });
    expect(row).toMatchObject({ state: 'pending', dueAt: new Date(first.followUp?.dueAtMs as number) });
    expect(Math.abs(row.dueAt.getTime() - Date.now() - 12 * HOUR_MS)).toBeLessThan(10_000);
    await decide(inputOf(talk, { turnId: '2.2', cancelFollowUpId: followUpId }));
    expect(await lab.db.followUp.findUniqueOrThrow({ where: { id: followUpId } })).toMatchObject({
      state: 'cancelled',
      reason: 'the customer wrote',
    });
    const idle = await lab.talk(['Hello']);
    expect((await decide(inputOf(idle))).followUp).toBeNull();
    const late = await lab.talk(['I want to order a shirt']);
    expect((await decide(inputOf(late, { windowExpiresAtMs: Date.now() + HOUR_MS }))).followUp).toBeNull();
  });
});

describe('decideReply: what leaves at once', () => {
  const rowsOf = async (talk: Talk) => {
    const rows = await lab.db.outboundMessage.findMany({ where: { conversationId: talk.conversationId } });
    return rows.map(({ state, reason, attempts }) => ({ state, reason, attempts }));
  };
  const sendsTo = (talk: Talk) => lab.directam.received.filter((received) => received.receiverId === talk.customer);
  afterEach(() => lab.directam.behave('ok-with-id'));

  it('is sent behind the gate as soon as it is stored', async () => {
    const talk = await lab.talk();
    const decided = await decide(atOnce(inputOf(talk)));
    expect(decided).toMatchObject({ outcome: 'reply', sent: true });
    expect(decided).not.toHaveProperty('claimed');
    expect(await rowsOf(talk)).toEqual([{ state: 'sent', reason: '', attempts: 1 }]);
    expect(sendsTo(talk)).toHaveLength(1);
  });

  it('is sent once when it is decided again after it left', async () => {
    const talk = await lab.talk();
    await decide(atOnce(inputOf(talk)));
    expect(await decide(atOnce(inputOf(talk)), { attempt: 2 })).toMatchObject({ outcome: 'reply', sent: true });
    expect(sendsTo(talk)).toHaveLength(1);
  });

  it.each<[string, string, (talk: Talk) => Promise<unknown>]>([
    [
      'a person has taken over',
      'human_took_over',
      (talk) => lab.db.conversation.update({ where: { id: talk.conversationId }, data: { mode: 'human' } }),
    ],
    [
      'the window has closed',
      'window_closed',
      (talk) =>
        lab.db.conversation.update({ where: { id: talk.conversationId }, data: { windowExpiresAt: new Date(0) } }),
    ],
  ])('is blocked and not requested when %s', async (_, reason, close) => {
    const talk = await lab.talk();
    await close(talk);
    expect(await decide(atOnce(inputOf(talk)))).toMatchObject({ sent: true });
    expect(await rowsOf(talk)).toMatchObject([{ state: 'blocked', reason }]);
    expect(sendsTo(talk)).toEqual([]);
  });

  it('stays planned for the send activity while the account must be connected again', async () => {
    const talk = await lab.talk();
    await lab.db.account.update({ where: { id: talk.accountId }, data: { status: 'needs_reconnect' } });
    expect(await decide(atOnce(inputOf(talk)))).not.toHaveProperty('sent');
    expect(await rowsOf(talk)).toMatchObject([{ state: 'planned', reason: 'account_needs_reconnect', attempts: 0 }]);
    expect(sendsTo(talk)).toEqual([]);
  });

  it('is planned again for the send activity when the provider certainly did not take it', async () => {
    const talk = await lab.talk();
    lab.directam.behave('rate-limited');
    const decided = await decide(atOnce(inputOf(talk)));
    expect(decided).not.toHaveProperty('sent');
    expect(await rowsOf(talk)).toMatchObject([{ state: 'planned' }]);
    lab.directam.behave('ok-with-id');
    const { outboundIds } = decided;
    const send = () => lab.run('sendOutbound', { identity: talk, outboundIds, followUpId: null });
    // The provider named a time, and it holds for whoever sends.
    const nextRetryDelay = expect.any(Number);
    await expect(send()).rejects.toMatchObject({ type: 'account_busy', nonRetryable: false, nextRetryDelay });
    await expect
      .poll(async () => {
        await send().catch(() => undefined);
        return rowsOf(talk);
      })
      .toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(sendsTo(talk)).toHaveLength(2);
  });

  it('is left to the send activity, uncounted, where requests are not short', async () => {
    const talk = await lab.talk();
    const lanes = createAccountLanes({ shortAtOnce: 0 });
    const decided = await decide(atOnce(inputOf(talk)), { deps: { lanes } });
    expect(decided).not.toHaveProperty('sent');
    expect(await rowsOf(talk)).toMatchObject([{ state: 'planned', attempts: 0, reason: '' }]);
    const { outboundIds } = decided;
    await lab.run('sendOutbound', { identity: talk, outboundIds, followUpId: null }, { deps: { lanes } });
    expect(await rowsOf(talk)).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(sendsTo(talk)).toHaveLength(1);
  });

  it('stays planned while all sends are held back', async () => {
    const talk = await lab.talk();
    const pause = (at: Date | null) => lab.db.installation.updateMany({ data: { sendingPausedAt: at } });
    await lab.db.installation.create({ data: {} }).catch(() => undefined);
    await pause(new Date());
    const decided = await decide(atOnce(inputOf(talk))).finally(() => pause(null));
    expect(decided).not.toHaveProperty('sent');
    expect(await rowsOf(talk)).toMatchObject([{ state: 'planned' }]);
  });

  it('cannot be taken back any more, while what has not begun can', async () => {
    const talk = await lab.talk();
    await decide(atOnce(inputOf(talk)));
    await decide(inputOf(talk, { turnId: '2.2' }));
    expect(await lab.takeBack(talk, '1.1', '2.2')).toEqual(['1.1']);
    expect((await decisionOf(inputOf(talk))).state).toBe('decided');
    expect((await decisionOf(inputOf(talk, { turnId: '2.2' }))).state).toBe('superseded');
    expect((await rowsOf(talk)).map(({ state }) => state).sort()).toEqual(['blocked', 'sent']);
  });

  it('either leaves or is taken back, never both, when the two meet', async () => {
    for (let round = 0; round < 20; round += 1) {
      const talk = await lab.talk();
      const [decided, begun] = await Promise.all([decide(atOnce(inputOf(talk))), lab.takeBack(talk, '1.1')]);
      expect(sendsTo(talk)).toHaveLength(begun.length);
      expect(decided.outcome === 'discarded').toBe(begun.length === 0);
    }
  });
});

describe('a follow-up that is cancelled', () => {
  it('takes the message with it that was planned for it, and nothing else', async () => {
    const talk = await lab.talk(['I want to order a shirt']);
    const decided = await decide(inputOf(talk));
    const followUpId = decided.followUp?.id as string;
    const plannedId = await planFollowUpOutbound(lab.db, followUpId, randomUUID(), markOf);
    await cancelFollowUp(lab.db, followUpId, 'the customer wrote');
    expect(await lab.outbound(plannedId as string)).toMatchObject({ state: 'blocked', reason: 'follow_up_cancelled' });
    expect(await lab.outbound(decided.outboundIds[0] as string)).toMatchObject({ state: 'planned' });
  });
});

describe('decideReply: what was changed meanwhile', () => {
  it('answers what is left, and says nothing when all of it was unsent', async () => {
    const talk = await lab.talk(['Hello', 'I want to talk to a human']);
    const unsend = (text: string) =>
      lab.db.message.updateMany({
        where: { conversationId: talk.conversationId, text },
        data: { text: '', unsentAt: new Date() },
      });
    await unsend('I want to talk to a human');
    expect(await decide(inputOf(talk))).toMatchObject({ outcome: 'reply' });
    await unsend('Hello');
    const input = inputOf(talk, { turnId: '2.1' });
    expect(await decide(input)).toMatchObject({ outcome: 'silent', outboundIds: [] });
    expect(await decisionOf(input)).toMatchObject({ outcome: 'silent', reason: 'unsent' });
  });
});

describe('decideReply: models', () => {
  it('asks again while a failure may pass, then answers safely and calls a person', async () => {
    const talk = await lab.talk(['Do you have it in blue?']);
    openai.always({ kind: 'status', status: 500 });
    const input = inputOf(talk);
    for (let attempt = 1; attempt < MODEL_ATTEMPTS; attempt += 1)
      await expect(decide(input, { attempt, deps: { model: model() } })).rejects.toMatchObject({
        type: 'model_unavailable',
        nonRetryable: false,
      });
    expect(await decide(input, { attempt: MODEL_ATTEMPTS, deps: { model: model() } })).toMatchObject({
      outcome: 'fallback',
    });
    const { outbound, reason } = await decisionOf(input);
    expect(outbound[0]?.text).toBe(FIXED_TEXTS.modelFailed.en);
    expect(reason).toBe('model_unavailable');
    expect((await ticketsOf(talk)).map((ticket) => ticket.reason)).toEqual(['model_failed']);
  });

  it('shares one time between all attempts, and gives up when no other fits into it', async () => {
    openai.always({ kind: 'status', status: 500 });
    const deps = { model: model(), answerBudgetMs: 10_000 };
    const early = inputOf(await lab.talk(['Do you have it in blue?']));
    await expect(decide(early, { deps })).rejects.toMatchObject({ type: 'model_unavailable', nextRetryDelay: 1000 });
    await begunAgo(early, 3000);
    await expect(decide(early, { deps, attempt: 2 })).rejects.toMatchObject({ nextRetryDelay: 2000 });
    await begunAgo(early, 7000);
    expect(await decide(early, { deps, attempt: 2 })).toMatchObject({ outcome: 'fallback' });
    expect(await decisionOf(early)).toMatchObject({ reason: 'model_unavailable' });
  });

  it('counts that time from the first attempt at this very turn of this run, however long it had waited for a worker', async () => {
    openai.always({ kind: 'status', status: 500 });
    const deps = { model: model(), answerBudgetMs: 10_000 };
    const first = inputOf(await lab.talk(['Do you have it in blue?']));
    const environment = new MockActivityEnvironment({ attempt: 1, scheduledTimestampMs: Date.now() - HOUR_MS });
    await expect(decide(first, { deps, environment })).rejects.toMatchObject({ nextRetryDelay: 1000 });
    for (const other of [
      { ...first, turnId: '2.2' },
      { ...first, runNumber: 1 },
    ]) {
      await begunAgo(first, 9000);
      await expect(decide(other, { deps }), 'another turn has all of its time').rejects.toMatchObject({
        nextRetryDelay: 1000,
      });
    }
    await begunAgo(first, -HOUR_MS);
    await expect(
      decide({ ...first, runNumber: 1 }, { deps, attempt: 2 }),
      'a clock that was ahead gives no more time',
    ).rejects.toMatchObject({ nextRetryDelay: 2000 });
    expect((await lab.db.dispatch.findFirstOrThrow({ where: whose(first) })).begunAt?.getTime()).toBeLessThanOrEqual(
      Date.now() + 1000,
    );
  });

  it('does not ask sooner than a provider allows, and gives up when that is too late', async () => {
    const talk = await lab.talk(['Do you have it in blue?']);
    const deps = { answerBudgetMs: 10_000 };
    openai.always({ kind: 'status', status: 429, headers: { 'retry-after': '5' } });
    await expect(decide(inputOf(talk), { deps: { ...deps, model: model() } })).rejects.toMatchObject({
      type: 'model_unavailable',
    });
    openai.always({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
    const before = openai.requests.length;
    expect(await decide(inputOf(talk), { deps: { ...deps, model: model() } })).toMatchObject({ outcome: 'fallback' });
    expect(openai.requests.length).toBe(before + 1);
  });

  it('breaks off what is being asked when the time is up, and asks once where an outage of ours used it up', async () => {
    const slow = (talk: Talk) =>
      createReplyModel({
        provider: 'compatible',
        timeoutMs: 60_000,
        providers: [{ name: 'compatible', apiKey: null, baseUrl: openai.url, model: talk.customer }],
      });
    const talk = await lab.talk(['Do you have it in blue?']);
    openai.script({ kind: 'hang' });
    const hung = inputOf(talk);
    expect(await decide(hung, { deps: { model: slow(talk), answerBudgetMs: 200 } })).toMatchObject({
      outcome: 'fallback',
    });
    expect(await decisionOf(hung)).toMatchObject({ reason: 'model_unavailable' });
    const late = inputOf(await lab.talk(['Do you have it in blue?']));
    const deps = { model: model(), answerBudgetMs: 10_000 };
    openai.script({ kind: 'status', status: 500 });
    await expect(decide(late, { deps })).rejects.toMatchObject({ type: 'model_unavailable' });
    await begunAgo(late, HOUR_MS);
    expect(await decide(late, { deps, attempt: 2 })).toMatchObject({ outcome: 'reply' });
  });

  it('does not ask again where asking cannot help', async () => {
    const talk = await lab.talk(['Do you have it in blue?']);
    openai.always({ kind: 'status', status: 401 });
    expect(await decide(inputOf(talk), { deps: { model: model() } })).toMatchObject({ outcome: 'fallback' });
  });

  it('waits as long as the model asks for', async () => {
    const talk = await lab.talk(['Do you have it in blue?']);
    openai.always({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    await expect(decide(inputOf(talk), { deps: { model: model() } })).rejects.toMatchObject({
      type: 'model_unavailable',
      nextRetryDelay: expect.any(Number),
    });
  });

  it('asks no model when the shop switched it off', async () => {
    const talk = await lab.talk(['Hello']);
    const before = openai.requests.length;
    await lab.db.business.update({ where: { id: talk.businessId }, data: { aiEnabled: false } });
    const input = inputOf(talk);
    await decide(input, { deps: { model: model() } });
    await lab.db.business.update({ where: { id: talk.businessId }, data: { aiEnabled: true } });
    expect(openai.requests.length).toBe(before);
    expect((await decisionOf(input)).model).toBe('builtin');
    await decide(inputOf(talk, { turnId: '2.2' }), { deps: { model: model() } });
    expect(openai.requests.length).toBe(before + 1);
  });

  it('asks no model once the budget of the contact is spent', async () => {
    const talk = await lab.talk(['Hello']);
    const budget = { contactCallsPerDay: 2, businessCallsPerDay: 10_000 };
    const models = [];
    for (const turnId of ['1.1', '2.2', '3.3']) {
      const input = inputOf(talk, { turnId });
      await decide(input, { deps: { model: model(), budget } });
      models.push((await decisionOf(input)).model);
    }
    expect(models).toEqual(['test-model', 'test-model', 'builtin']);
    const other = inputOf(await lab.talk(['Hello']));
    await decide(other, { deps: { model: model(), budget: { ...budget, businessCallsPerDay: 2 } } });
    expect((await decisionOf(other)).model).toBe('builtin');
  });

  it('stores what the answer cost, and says nothing of the customer in a failure', async () => {
    const talk = await lab.talk(['My number is 09121234567']);
    const input = inputOf(talk);
    await decide(input, { deps: { model: model() } });
    expect(await decisionOf(input)).toMatchObject({ inputTokens: 100, outputTokens: 20, promptName: 'reply' });
    const missing = inputOf({ ...talk, conversationId: talk.contactId });
    await expect(decide(missing)).rejects.toMatchObject({
      type: 'not_found',
      nonRetryable: true,
      message: 'not_found',
    });
  });

  it('keeps a reply whose four hundredth character is half of an emoji', async () => {
    const talk = await lab.talk();
    openai.script({ kind: 'text', content: `${'a'.repeat(399)}🌷 tail` });
    const input = inputOf(talk);
    expect(await decide(input, { deps: { model: model() } })).toMatchObject({ outcome: 'reply' });
  });
});

const talkOf = ({ businessId, conversationId }: Talk) => ({ businessId, conversationId });

/** A conversation whose turn the relay has handed over. */
async function handOver(row: { handedAt?: Date | null; dueAt?: Date } = {}) {
  const talk = await lab.talk(['سلام']);
  const { conversationId, businessId } = talk;
  const handed = { conversationId, businessId, handedAt: new Date(), ...row };
  await lab.db.dispatch.upsert({ where: { conversationId }, create: handed, update: handed });
  const handedAt = async () => (await lab.db.dispatch.findUniqueOrThrow({ where: { conversationId } })).handedAt;
  return { talk, handedAt };
}
