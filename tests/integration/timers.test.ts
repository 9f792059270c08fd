import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationRef } from '../../src/conversations/gateway.ts';
import { fingerprintOf } from '../../src/text/fingerprint.ts';
import type { TimerKind } from '../../src/timer-kinds.ts';
import { HOUR_MS } from '../support/builders.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const by = randomUUID();
const soon = (check: () => unknown) => expect.poll(check);
const row = (id: string) => world.db.timer.findUnique({ where: { id } });
const shown = (ref: ConversationRef) => world.db.conversation.findUniqueOrThrow({ where: { id: ref.conversationId } });

async function greet(customer: string): Promise<ConversationRef> {
  await world.say(customer, 'hello');
  const ref = await world.refOf(customer);
  await soon(() => world.directam.received.filter((send) => send.receiverId === customer).length).toBe(1);
  return ref;
}

async function set(ref: ConversationRef, kind: TimerKind, inMs: number, outboundIds?: string[]): Promise<string> {
  const id = randomUUID();
  const timer = { id, kind, dueAtMs: Date.now() + inMs, ...(outboundIds ? { outboundIds } : {}) };
  await world.conversations.setTimer(ref, { createdBy: by, timer });
  return id;
}

async function plan({ businessId, conversationId }: ConversationRef, text: string): Promise<string> {
  const content = { kind: 'text', text };
  const data = { businessId, conversationId, author: 'human', purpose: 'manual', content, text };
  return (await world.db.outboundMessage.create({ data: { ...data, fingerprint: fingerprintOf(text) } })).id;
}

describe('timers of a conversation', () => {
  it('are rows that everybody can see, from the update on until they are done', async () => {
    const ref = await greet('timer-snooze');
    const id = await set(ref, 'snooze', 700);
    expect(await row(id)).toMatchObject({ state: 'pending', kind: 'snooze', createdBy: by });
    expect((await shown(ref)).snoozedUntil).not.toBeNull();
    await soon(async () => (await row(id))?.state).toBe('done');
    expect(await shown(ref)).toMatchObject({ snoozedUntil: null, status: 'open' });
    const events = await world.db.liveEvent.findMany({ where: { resource: 'timers', resourceId: id } });
    expect(events.map(({ type }) => type)).toEqual(['timers.created', 'timers.updated']);
  });

  it('bring a snoozed conversation back when the customer writes', async () => {
    const ref = await greet('timer-back');
    const id = await set(ref, 'snooze', HOUR_MS);
    await world.say('timer-back', 'are you there?');
    await soon(async () => (await row(id))?.state).toBe('cancelled');
    expect(await row(id)).toMatchObject({ reason: 'the customer wrote' });
    expect((await shown(ref)).snoozedUntil).toBeNull();
  });

  it('send a message at its time, once, and leave the conversation with the bot', async () => {
    const ref = await greet('timer-later');
    const outboundId = await plan(ref, 'As promised.');
    const id = await set(ref, 'send_later', 600, [outboundId]);
    expect(await row(id)).toMatchObject({ outboundIds: [outboundId] });
    const state = async () => (await world.db.outboundMessage.findUniqueOrThrow({ where: { id: outboundId } })).state;
    expect(await state()).toBe('planned');
    await soon(state).toBe('sent');
    expect(world.directam.received.filter((send) => send.text === 'As promised.')).toHaveLength(1);
    expect(await shown(ref)).toMatchObject({ mode: 'bot', lastMessageText: 'As promised.' });
  });

  it('block what a cancelled one was to send', async () => {
    const ref = await greet('timer-cancelled');
    const outboundId = await plan(ref, 'Never said.');
    const id = await set(ref, 'send_later', HOUR_MS, [outboundId]);
    await world.conversations.rescheduleTimer(ref, { timerId: id, dueAtMs: Date.now() + 2 * HOUR_MS });
    expect((await row(id))?.dueAt.getTime()).toBeGreaterThan(Date.now() + 1.5 * HOUR_MS);
    expect(await row(id)).toMatchObject({ createdBy: by });
    await world.conversations.cancelTimer(ref, { timerId: id });
    expect(await row(id)).toMatchObject({ state: 'cancelled', reason: 'cancelled by an operator' });
    const blocked = await world.db.outboundMessage.findUniqueOrThrow({ where: { id: outboundId } });
    expect(blocked).toMatchObject({ state: 'blocked', reason: 'timer_cancelled' });
  });
});

describe('waitingSince', () => {
  it('is the first unanswered message of the customer, and nothing once it is answered', async () => {
    const ref = await greet('timer-waiting');
    await soon(async () => (await shown(ref)).waitingSince).toBeNull();
    await world.conversations.takeOver(ref, {});
    await world.say('timer-waiting', 'first');
    const since = (await shown(ref)).waitingSince;
    expect(since).not.toBeNull();
    await world.say('timer-waiting', 'second');
    expect((await shown(ref)).waitingSince).toEqual(since);
    await world.writeOnPage('timer-waiting', 'a person answers');
    await soon(async () => (await shown(ref)).waitingSince).toBeNull();
  });
});
