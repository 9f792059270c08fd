import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationWorkflowId } from '../../src/conversations/gateway.ts';
import { FIXED_TEXTS } from '../../src/replies/fixed-texts.ts';
import { sendWebhook } from '../support/fake-directam.ts';
import { readableText } from '../support/history.ts';
import { customerMessage, SECRET, SHOP, startWorld, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({ directam: { behave: 'ok-with-id' } });
  world.directam.setEcho({ url: world.webhookUrl, secret: SECRET, accountId: SHOP, delayMs: 20 });
});
afterAll(async () => {
  await world.close();
});

const soon = (check: () => unknown) => expect.poll(check);
const sendsTo = (customer: string) => world.directam.received.filter((send) => send.receiverId === customer);

describe('a message from webhook to reply', () => {
  it('comes as a signed webhook and leads to one reply, shown wherever people look', async () => {
    const customer = 'cust-full-path-1';
    const words = 'سلام، قیمت کفش چرم مشکی چنده؟ می‌خوام سفارش بدم';
    await world.say(customer, words);
    await soon(() => sendsTo(customer).length).toBe(1);
    const [send] = sendsTo(customer);
    expect(send?.path).toBe('/send/text');
    expect(send?.text).toMatch(/\p{Script=Arabic}/u);

    const ref = await world.refOf(customer);
    const where = { conversationId: ref.conversationId };
    await soon(() => world.db.outboundMessage.findFirst({ where })).toMatchObject({
      state: 'sent',
      author: 'bot',
      attempts: 1,
      externalId: send?.messageId,
      settledBy: 'provider',
      echoEventId: expect.any(String),
    });
    const transcript = await world.db.message.findMany({ where, orderBy: { createdAt: 'asc' } });
    expect(transcript.map(({ direction, author, text }) => ({ direction, author, text }))).toEqual([
      { direction: 'in', author: 'customer', text: words },
      { direction: 'out', author: 'bot', text: send?.text },
    ]);
    const decision = await world.db.decision.findFirstOrThrow({ where });
    expect(decision).toMatchObject({
      state: 'decided',
      outcome: 'reply',
      purchaseIntent: true,
      messageIds: [transcript[0]?.id],
      promptName: 'builtin',
      model: 'builtin',
    });
    const followUp = await world.db.followUp.findFirstOrThrow({ where });
    expect(followUp).toMatchObject({ state: 'pending', id: decision.id });
    expect(await world.db.conversation.findFirstOrThrow({ where: { id: ref.conversationId } })).toMatchObject({
      mode: 'bot',
      status: 'open',
      unreadCount: 1,
      lastMessageText: send?.text,
      followUpDueAt: followUp.dueAt,
    });
    const live = await world.db.liveEvent.findMany({ orderBy: { id: 'asc' } });
    expect(live.map((event) => event.type)).toEqual(
      expect.arrayContaining(['messages.created', 'outbound-messages.updated']),
    );
    const events = await world.db.inboundEvent.findMany({ where, orderBy: { seq: 'asc' } });
    expect(events.map((event) => event.kind)).toEqual(['message', 'echo']);
    expect(events.every((event) => event.dispatchedAt !== null)).toBe(true);
  });

  it('leaves no word of the customer, nor their id, in the history', async () => {
    const customer = 'cust-full-path-secret';
    await world.say(customer, 'My number is 09121234567, please call me');
    await soon(() => sendsTo(customer).length).toBe(1);
    const ref = await world.refOf(customer);
    const handle = world.temporal.client.workflow.getHandle(conversationWorkflowId(ref));
    await soon(async () => readableText(await handle.fetchHistory())).toMatch(
      /ACTIVITY_TASK_COMPLETED|MARKER_RECORDED/,
    );
    const text = readableText(await handle.fetchHistory());
    expect(text).toContain(ref.conversationId);
    for (const secret of ['09121234567', 'call me', customer, sendsTo(customer)[0]?.text as string])
      expect(text).not.toContain(secret);
  });

  it('answers the newest words also when the provider counts in seconds', async () => {
    const customer = 'cust-full-path-seconds';
    const inSeconds = () => ({ timestamp: Math.floor(Date.now() / 1000) - 2 });
    await world.say(customer, 'Hello', inSeconds());
    await soon(() => sendsTo(customer).length).toBe(1);
    await world.say(customer, 'I want to talk to a human operator', inSeconds());
    await soon(() => sendsTo(customer).length).toBe(2);
    const ref = await world.refOf(customer);
    await soon(() => world.db.conversation.findFirst({ where: { id: ref.conversationId } })).toMatchObject({
      mode: 'human',
    });
    expect(await world.db.ticket.count({ where: { conversationId: ref.conversationId, reason: 'handoff' } })).toBe(1);
  });

  it('tells a customer once when the bot goes round in circles, and leaves the rest to a person', async () => {
    const customer = 'cust-full-path-loop';
    const question = 'سلام ساعت کاری شما چیه؟';
    for (const times of [1, 2, 3, 4]) {
      await world.say(customer, question);
      await soon(() => sendsTo(customer).length).toBe(times);
    }
    expect(sendsTo(customer).map(({ text }) => text === FIXED_TEXTS.loopNotice.fa)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    const { conversationId } = await world.refOf(customer);
    await soon(() => world.db.conversation.findFirst({ where: { id: conversationId } })).toMatchObject({
      mode: 'paused',
      needsHuman: true,
    });
    await world.say(customer, question);
    await world.say('cust-full-path-after-loop', 'Hello');
    await soon(() => sendsTo('cust-full-path-after-loop').length).toBe(1);
    expect(sendsTo(customer)).toHaveLength(4);
    const notices = { conversationId, purpose: 'loop_notice' };
    expect(await world.db.outboundMessage.findMany({ where: notices })).toMatchObject([{ state: 'sent' }]);
  });

  it('takes nothing that is not signed', async () => {
    const body = customerMessage('cust-full-path-forged', 'hello');
    expect((await sendWebhook(world.webhookUrl, body, 'another secret')).status).toBe(401);
    expect((await sendWebhook(world.webhookUrl, body, null)).status).toBe(401);
    expect(await world.db.contact.count({ where: { externalId: 'cust-full-path-forged' } })).toBe(0);
    expect((await sendWebhook(world.webhookUrl, body, SECRET)).status).toBe(200);
    await soon(() => sendsTo('cust-full-path-forged').length).toBe(1);
  });

  it('answers a burst of webhooks with one message when the inbox coalesces it', async () => {
    const patient = await startWorld({ debounce: { quietMs: 2000, maxMs: 10_000 } });
    try {
      for (const text of ['salam', 'one more thing', 'and this']) await patient.say('cust-burst', text);
      await patient.directam.waitFor(1);
      const ref = await patient.refOf('cust-burst');
      const decisions = await patient.db.decision.findMany({ where: { conversationId: ref.conversationId } });
      expect(decisions).toHaveLength(1);
      expect(decisions[0]?.messageIds).toHaveLength(3);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(patient.directam.received).toHaveLength(1);
    } finally {
      await patient.close();
    }
  });

  it('lets a person on the page take over, and an operator give it back', async () => {
    const customer = 'cust-full-path-person';
    await world.writeOnPage(customer, 'I answer this one myself');
    const ref = await world.refOf(customer);
    const conversation = () => world.db.conversation.findFirst({ where: { id: ref.conversationId } });
    await soon(conversation).toMatchObject({ mode: 'human' });
    await world.say(customer, 'thank you');
    await soon(() =>
      world.db.inboundEvent.count({ where: { conversationId: ref.conversationId, dispatchedAt: null } }),
    ).toBe(0);
    expect(sendsTo(customer)).toHaveLength(0);
    await world.conversations.release(ref);
    expect(await conversation()).toMatchObject({ mode: 'bot' });
    await soon(() => sendsTo(customer).length).toBe(1);
  });
});
