import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findContacts } from '../../src/contacts/erasure.ts';
import { foundConversation } from '../../src/conversations/founding-store.ts';
import { type ConversationRef, conversationWorkflowId } from '../../src/conversations/gateway.ts';
import type { Mended } from '../../src/conversations/reconcile/difference.ts';
import { createReconcile, type ReconcileOptions } from '../../src/conversations/reconcile/reconcile.ts';
import { endRun } from '../../src/conversations/reconcile/run-gateway.ts';
import { readReconcileHealth, saveReconcileRun } from '../../src/conversations/reconcile/store.ts';
import { findLivingCores } from '../../src/conversations/reconcile/workers.ts';
import { ERASURE } from '../../src/features.ts';
import { replayInboundEvent } from '../../src/inbox/store.ts';
import { erase } from '../../src/platform/erasure/erasure.ts';
import { markRestored, resumeSending } from '../../src/platform/installation/installation-store.ts';
import { fingerprintOf } from '../../src/text/fingerprint.ts';
import { openTicket } from '../../src/tickets/store.ts';
import { HOUR_MS } from '../support/builders.ts';
import { startWorld, type World } from '../support/world.ts';

// Goal: whatever becomes of a run, what its rows owe is done by another, once. Method: a real run is terminated, poisoned or
// missing, and only the comparison of rows with runs may bring it back.

let world: World;
beforeAll(async () => {
  world = await startWorld({ followUp: { delayMs: 20 * 60_000 } });
});
afterAll(() => world.close());

const soon = (check: () => unknown) => expect.poll(check);
const logger = pino({ level: 'silent' });
const handleOf = (ref: ConversationRef) => world.temporal.client.workflow.getHandle(conversationWorkflowId(ref));
const sendsTo = (customer: string) => world.directam.received.filter((send) => send.receiverId === customer);
const row = (ref: ConversationRef) => world.db.conversation.findUniqueOrThrow({ where: { id: ref.conversationId } });

async function reconcile(options: Partial<ReconcileOptions> = {}) {
  const { db, temporal, conversations } = world;
  const compare = createReconcile({ db, client: temporal.client, conversations, logger, openTicket });
  return compare({ startedBy: 'tests', isFull: true, ...options });
}
const mended = async (ref: ConversationRef, options: Partial<ReconcileOptions> = {}) =>
  (await reconcile(options)).differences.filter((found) => found.ref?.conversationId === ref.conversationId);

async function greet(customer: string): Promise<ConversationRef> {
  const before = sendsTo(customer).length;
  await world.say(customer, 'hello');
  await soon(() => sendsTo(customer).length).toBe(before + 1);
  const ref = await world.refOf(customer);
  await soon(async () => await world.db.outboundMessage.count({ where: { ...owner(ref), state: 'planned' } })).toBe(0);
  return ref;
}
const owner = ({ businessId, conversationId }: ConversationRef) => ({ businessId, conversationId });

/** The run is gone, and long enough ago that nobody is still handing something over to it. */
async function loseRun(ref: ConversationRef): Promise<void> {
  await handleOf(ref).terminate('lost');
  await world.db.$executeRaw`
    UPDATE conversations SET updated_at = now() - interval '5 minutes' WHERE id = ${ref.conversationId}::uuid`;
}

describe('a run that was lost', () => {
  it('is begun anew in the mode that the rows show, and hands back at its time', async () => {
    const ref = await greet('lost-mode');
    await world.conversations.takeOver(ref, { untilMs: Date.now() + HOUR_MS });
    await loseRun(ref);
    expect(await mended(ref)).toMatchObject([{ kind: 'missing_run', outcome: 'mended' }]);
    await soon(async () => (await handleOf(ref).query<{ mode: string }>('conversationState')).mode).toBe('human');
    await world.say('lost-mode', 'what are your hours?');
    await sleep(500);
    expect(sendsTo('lost-mode')).toHaveLength(1);
    await world.conversations.release(ref);
    await soon(() => sendsTo('lost-mode').length).toBe(2);
  });

  it('gives a taken-over conversation back at its limit also when only the customer brought the run back', async () => {
    const customer = 'lost-takeover';
    const ref = await greet(customer);
    await world.conversations.takeOver(ref, { untilMs: Date.now() + 3000 });
    await handleOf(ref).terminate('by hand');
    await world.say(customer, 'what are your hours?');
    await soon(async () => (await handleOf(ref).query<{ mode: string }>('conversationState')).mode).toBe('human');
    expect(sendsTo(customer)).toHaveLength(1);
    await expect.poll(async () => (await row(ref)).mode, { timeout: 15_000 }).toBe('bot');
    await soon(() => sendsTo(customer).length).toBe(2);
    await world.say(customer, 'hello again');
    await soon(() => sendsTo(customer).length).toBe(3);
    expect(await world.db.outboundMessage.count({ where: { ...owner(ref), state: 'blocked' } })).toBe(0);
  });

  it('keeps timers, and carries out those that became due meanwhile, once', async () => {
    const ref = await greet('lost-timers');
    const plan = async (text: string) => {
      const content = { kind: 'text', text };
      const data = {
        ...owner(ref),
        author: 'human',
        purpose: 'manual',
        content,
        text,
        fingerprint: fingerprintOf(text),
      };
      return (await world.db.outboundMessage.create({ data })).id;
    };
    const set = async (id: string, inMs: number, outboundIds: string[]) =>
      world.conversations.setTimer(ref, {
        createdBy: 'tests',
        timer: { id, kind: 'send_later', dueAtMs: Date.now() + inMs, outboundIds },
      });
    const [soonId, laterId] = [await plan('due soon'), await plan('due later')];
    await set('0190aaaa-0000-7000-8000-000000000001', 700, [soonId]);
    await set('0190aaaa-0000-7000-8000-000000000002', HOUR_MS, [laterId]);
    await loseRun(ref);
    await sleep(900);
    await mended(ref);
    await soon(() => sendsTo('lost-timers').map(({ text }) => text)).toContain('due soon');
    await soon(async () => await world.db.timer.count({ where: { ...owner(ref), state: 'pending' } })).toBe(1);
    expect(sendsTo('lost-timers').filter(({ text }) => text === 'due soon')).toHaveLength(1);
    await world.conversations.cancelTimer(ref, { timerId: '0190aaaa-0000-7000-8000-000000000002' });
    expect(await world.db.outboundMessage.findUnique({ where: { id: laterId } })).toMatchObject({ state: 'blocked' });
  });

  it('leaves timers of kinds that only a later release knows as they are, and goes on', async () => {
    const ref = await greet('later-release');
    const dueAt = new Date(Date.now() - 300_000);
    const data = {
      id: '0190aaaa-0000-7000-8000-000000000003',
      ...owner(ref),
      kind: 'not_here_yet',
      dueAt,
      createdBy: 'bot',
    };
    const { id } = await world.db.timer.create({ data });
    await loseRun(ref);
    await mended(ref);
    await world.say('later-release', 'what are your hours?');
    await soon(() => sendsTo('later-release').length).toBe(2);
    expect(await world.db.timer.findUnique({ where: { id } })).toMatchObject({ state: 'pending' });
    expect(await mended(ref)).toEqual([]);
  });

  it('answers what it had taken and not answered, and nothing that was answered', async () => {
    const ref = await greet('lost-answer');
    await world.conversations.takeOver(ref, {});
    await world.say('lost-answer', 'what are your hours?');
    await soon(async () => await world.db.inboundEvent.count({ where: { ...owner(ref), dispatchedAt: null } })).toBe(0);
    await loseRun(ref);
    await world.db.conversation.update({
      where: { id: ref.conversationId },
      data: { mode: 'bot', modeUntil: null, updatedAt: new Date(Date.now() - 300_000) },
    });
    await mended(ref);
    await soon(() => sendsTo('lost-answer').length).toBe(2);
    const decided = await world.db.decision.findMany({ where: { ...owner(ref), state: 'decided' } });
    expect(decided.map(({ messageIds }) => messageIds.length)).toEqual([1, 1]);
  });

  it('comes back by itself with the next message, which is answered once', async () => {
    const ref = await greet('lost-message');
    await loseRun(ref);
    await world.say('lost-message', 'and now?');
    await soon(() => sendsTo('lost-message').length).toBe(2);
    expect((await row(ref)).runNumber).toBe(1);
    expect(await mended(ref)).toEqual([]);
  });

  it('takes an operator at his word as one that knows its rows', async () => {
    const ref = await greet('lost-operator');
    await world.conversations.takeOver(ref, {});
    await loseRun(ref);
    await expect(world.conversations.cancelTimer(ref, { timerId: 'none' })).rejects.toThrow('not pending');
    await world.conversations.close(ref);
    expect(await row(ref)).toMatchObject({ status: 'closed', mode: 'bot' });
    await soon(async () => (await handleOf(ref).describe()).status.name).toBe('COMPLETED');
  });
});

describe('a message of a person that nobody handed over', () => {
  it('is sent when rows and runs are compared, without a second request', async () => {
    const ref = await greet('orphan');
    const text = 'written before the crash';
    const data = { ...owner(ref), author: 'human', purpose: 'manual', text, fingerprint: fingerprintOf(text) };
    const { id } = await world.db.outboundMessage.create({ data: { ...data, content: { kind: 'text', text } } });
    expect(await mended(ref)).toEqual([]);
    await world.db.$executeRaw`
      UPDATE outbound_messages SET updated_at = now() - interval '2 minutes' WHERE id = ${id}::uuid`;
    expect(await mended(ref, { isFull: false })).toMatchObject([{ kind: 'overdue', note: 'send', outcome: 'mended' }]);
    await soon(() => sendsTo('orphan').map((send) => send.text)).toContain(text);
    await soon(async () => (await world.db.outboundMessage.findUnique({ where: { id } }))?.state).toBe('sent');
    expect(await mended(ref, { isFull: false })).toEqual([]);
    expect(sendsTo('orphan').filter((send) => send.text === text)).toHaveLength(1);
  });
});

describe('a run that fails again and again', () => {
  it('is begun anew with a person told, and goes on', async () => {
    const ref = await greet('poisoned');
    await handleOf(ref).signal('eventsReceived', { events: null, policy: null });
    const stuck = async () => Number((await handleOf(ref).describe()).raw.pendingWorkflowTask?.attempt ?? 0);
    await soon(stuck).toBeGreaterThan(1);
    await world.say('poisoned', 'hello again');
    await soon(async () => await world.db.inboundEvent.count({ where: { ...owner(ref), dispatchedAt: null } })).toBe(0);
    await world.db.$executeRaw`
      UPDATE conversations SET waiting_since = now() - interval '1 minute' WHERE id = ${ref.conversationId}::uuid`;
    await world.db.$executeRaw`
      UPDATE inbound_events SET dispatched_at = dispatched_at - interval '1 minute' WHERE conversation_id = ${ref.conversationId}::uuid`;
    expect(await mended(ref, { isFull: false })).toMatchObject([{ kind: 'stuck_run', outcome: 'mended' }]);
    await soon(() => sendsTo('poisoned').length).toBe(2);
    expect(await row(ref)).toMatchObject({ needsHuman: true });
    expect(await world.db.ticket.findFirst({ where: owner(ref) })).toMatchObject({ reason: 'stuck', state: 'open' });
  });

  it('is told for as long as it owes something, and not when it goes on again', async () => {
    const ref = await greet('stuck-for-long');
    await handleOf(ref).terminate('as if it were stuck');
    const difference = { kind: 'stuck_run', ref, workflowId: conversationWorkflowId(ref), note: 'answer' } as const;
    const stuck = async () => (await readReconcileHealth(world.db, new Date())).stuck;
    const before = await stuck();
    const look = (differences: Mended[]) =>
      saveReconcileRun(world.db, 'tests', new Date(), { isFull: false, generation: 0, lookedAt: 1, differences });
    await look([{ ...difference, outcome: 'mended' }]);
    expect(await stuck()).toBe(before);
    const data = {
      state: 'planned',
      updatedAt: new Date(Date.now() - 120_000),
      text: 'on its way',
      content: { kind: 'text', text: 'on its way' },
    };
    const { id } = await world.db.outboundMessage.create({
      data: { ...owner(ref), ...data, author: 'human', purpose: 'manual', fingerprint: fingerprintOf(data.text) },
    });
    expect(await stuck()).toBe(before + 1);
    // The next looks leave it alone for a while, which mends nothing.
    await look([]);
    expect(await stuck()).toBe(before + 1);
    await world.db.outboundMessage.update({ where: { id }, data: { state: 'rejected' } });
    expect(await stuck()).toBe(before);
  });

  it('is told from one that is only slow: nothing is done to a run that answers', async () => {
    const ref = await greet('healthy');
    expect(await mended(ref)).toEqual([]);
    const { runId } = await handleOf(ref).describe();
    await reconcile();
    expect((await handleOf(ref).describe()).runId).toBe(runId);
  });
});

describe('a run whose conversation is gone', () => {
  it('is ended', async () => {
    const ref = await greet('erased');
    await world.db.conversation.delete({ where: { id: ref.conversationId } });
    await world.db.contact.delete({ where: { id: ref.contactId } });
    const found = (await reconcile()).differences.filter(
      ({ workflowId }) => workflowId === conversationWorkflowId(ref),
    );
    expect(found).toMatchObject([{ kind: 'orphan_run', outcome: 'mended' }]);
    await soon(async () => (await handleOf(ref).describe()).status.name).toBe('TERMINATED');
  });

  it('ends by itself when it has something to write', async () => {
    const ref = await greet('erased-2');
    await world.db.conversation.delete({ where: { id: ref.conversationId } });
    await expect(world.conversations.takeOver(ref, {})).rejects.toThrow('does not exist');
    await soon(async () => (await handleOf(ref).describe()).status.name).toBe('COMPLETED');
  });
});

describe('a customer who is erased', () => {
  it('has no run any more, and is a new one when they write again', async () => {
    const customer = 'erased-customer';
    const ref = await greet(customer);
    const [found] = await findContacts(world.db, customer, null);
    expect(found).toMatchObject({ contactId: ref.contactId, conversationIds: [ref.conversationId] });
    await erase(world.db, ERASURE, found as NonNullable<typeof found>, { dryRun: false });
    await endRun(world.temporal.client, conversationWorkflowId(ref), 'erased');
    await endRun(world.temporal.client, conversationWorkflowId(ref), 'erased, once more');
    await soon(async () =>
      handleOf(ref)
        .describe()
        .then(
          ({ status }) => status.name,
          (error: Error) => error.name,
        ),
    ).toMatch(/^(TERMINATED|WorkflowNotFoundError)$/);
    await world.say(customer, 'hello again');
    await soon(() => sendsTo(customer).length).toBe(2);
    const again = await world.refOf(customer);
    expect([again.contactId === ref.contactId, again.conversationId === ref.conversationId]).toEqual([false, false]);
  });
});

describe('a window that closed', () => {
  it('ends the run, and the next message begins another that remembers', async () => {
    const ref = await greet('window');
    await world.db.$executeRaw`
      UPDATE conversations SET last_user_message_at = now() - interval '25 hours', window_expires_at = now() - interval '1 hour'
      WHERE id = ${ref.conversationId}::uuid`;
    await mended(ref);
    await soon(async () => (await handleOf(ref).describe()).status.name).toBe('COMPLETED');
    expect(await row(ref)).toMatchObject({ status: 'window_closed' });
    expect(await mended(ref)).toEqual([]);
    await world.say('window', 'me again');
    await soon(() => sendsTo('window').length).toBe(2);
    expect(await row(ref)).toMatchObject({ status: 'open', mode: 'bot' });
  });
});

describe('findLivingCores', () => {
  it('counts a core while one of its workers was seen of late, by a clock that may have been set back', async () => {
    const seen = (ms: number) => ({ id: randomUUID(), seenAt: new Date(Date.now() + ms) });
    await world.db.worker.createMany({
      data: [
        { ...seen(-1000), coreVersion: 901 },
        { ...seen(-60_000), coreVersion: 902 },
        { ...seen(2000), coreVersion: 903 },
        { ...seen(3 * HOUR_MS), coreVersion: 904 },
      ],
    });
    const living = await findLivingCores(world.db, new Date());
    expect([...living].filter((core) => core > 900).sort()).toEqual([901, 903]);
    await world.db.worker.deleteMany({ where: { coreVersion: { gt: 900 } } });
  });
});

describe('foundConversation', () => {
  it('gives each run a number, and null for a conversation that is gone', async () => {
    const ref = await greet('numbers');
    const first = await foundConversation(world.db, ref.conversationId);
    const second = await foundConversation(world.db, ref.conversationId);
    expect((second?.runNumber ?? 0) - (first?.runNumber ?? 0)).toBe(1);
    expect(first).toMatchObject({ mode: 'bot', status: 'open', events: [], sending: null, outbox: [], turns: 1 });
    expect(await foundConversation(world.db, ref.contactId)).toBeNull();
  });
});

describe('founding', () => {
  const eventsOf = (ref: ConversationRef) =>
    world.db.inboundEvent.findMany({ where: { conversationId: ref.conversationId }, orderBy: { seq: 'asc' } });

  it('takes an answered message for handed over, though nobody noted it, and leaves what is replayed or not answered', async () => {
    const ref = await greet('hand-over');
    await world.say('hand-over', 'what are your hours?');
    await soon(() => sendsTo('hand-over').length).toBe(2);
    await world.conversations.takeOver(ref, {});
    await world.say('hand-over', 'nobody answers this');
    await soon(async () => (await eventsOf(ref)).filter((event) => event.dispatchedAt !== null).length).toBe(3);
    const [, replayed] = await eventsOf(ref);
    await world.db.inboundEvent.updateMany({ where: owner(ref), data: { dispatchedAt: null } });
    await world.db.inboundEvent.update({ where: { id: replayed?.id as string }, data: { replayCount: 1 } });
    await foundConversation(world.db, ref.conversationId);
    expect((await eventsOf(ref)).map((event) => event.dispatchedAt !== null)).toEqual([true, false, false]);
  });

  it('lets a message be answered again that is replayed, though the run beside it has an older number', async () => {
    const ref = await greet('replayed');
    await world.db.conversation.update({
      where: { id: ref.conversationId },
      data: { runNumber: { increment: 1 }, updatedAt: new Date(Date.now() - 300_000) },
    });
    const [event] = await eventsOf(ref);
    await replayInboundEvent(world.db, ref.businessId, event?.id as string);
    await soon(async () => (await eventsOf(ref))[0]?.dispatchedAt).not.toBeNull();
    await mended(ref);
    await soon(() => sendsTo('replayed').length).toBe(2);
    await mended(ref);
    expect(sendsTo('replayed')).toHaveLength(2);
  });
});

describe('rows that are a restored copy', () => {
  it('have every run founded anew on them, once, and customers are answered once', async () => {
    const ref = await greet('restored');
    const runIdOf = async () => (await handleOf(ref).describe()).runId;
    const before = await runIdOf();
    expect((await reconcile({ isFull: false })).differences).toEqual([]);
    await markRestored(world.db, new Date(), async () => {});
    await resumeSending(world.db, 'tests');
    const report = await reconcile({ isFull: false });
    expect(report.differences.map(({ ref: mine }) => mine?.conversationId)).toContain(ref.conversationId);
    await soon(runIdOf).not.toBe(before);
    const after = await runIdOf();
    await reconcile();
    await world.say('restored', 'what are your hours?');
    await soon(() => sendsTo('restored').length).toBe(2);
    expect(await runIdOf()).toBe(after);
  });
});
