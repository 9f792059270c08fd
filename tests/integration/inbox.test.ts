import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAccept } from '../../src/inbox/accept.ts';
import { claimDue, markDispatched, replayInboundEvent } from '../../src/inbox/store.ts';
import { markOutboundSent, matchEcho } from '../../src/outbox/store.ts';
import { InvalidInputError, NotFoundError } from '../../src/platform/errors.ts';
import { fingerprintOf } from '../../src/text/fingerprint.ts';
import { HOUR_MS, ranksOf } from '../support/builders.ts';
import { AT_ONCE, type InboxLab, openInboxLab, pageSaid, SHOP, said } from '../support/inbox-lab.ts';

let lab: InboxLab;
beforeAll(async () => {
  lab = await openInboxLab();
});
afterAll(async () => {
  await lab.close();
});

const newCustomer = () => `cust-${randomUUID()}`;
const eventsOf = (customer: string) =>
  lab.db.inboundEvent.findMany({
    where: { conversation: { contact: { externalId: customer } } },
    orderBy: { seq: 'asc' },
  });
const conversationOf = (customer: string) =>
  lab.db.conversation.findFirstOrThrow({ where: { contact: { externalId: customer } }, include: { dispatch: true } });
const dueInMs = async (customer: string) => {
  const { dispatch } = await conversationOf(customer);
  return dispatch?.dueAt ? dispatch.dueAt.getTime() - Date.now() : null;
};

describe('createInbox', () => {
  it('numbers the events of a conversation in the order of their commits', async () => {
    const customer = newCustomer();
    await lab.take([said(customer, 'one'), said(customer, 'two')]);
    await lab.take(said(customer, 'three'));
    const events = await eventsOf(customer);
    expect(ranksOf([events.map((event) => Number(event.seq))])).toEqual([[1, 2, 3]]);
    const messages = await lab.db.message.findMany({
      where: { id: { in: events.map((event) => event.messageId as string) } },
    });
    const texts = events.map((event) => messages.find((message) => message.id === event.messageId)?.text);
    expect(texts).toEqual(['one', 'two', 'three']);
  });

  it('gives no number twice when several processes store at once', async () => {
    const customer = newCustomer();
    const inboxes = [1, 2, 3, 4].map(() => lab.openInbox());
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => lab.take(said(customer, `text ${index}`), inboxes[index % 4])),
    );
    const numbers = (await eventsOf(customer)).map((event) => Number(event.seq));
    expect(new Set(numbers).size).toBe(40);
    const { dispatch } = await conversationOf(customer);
    expect(Number(dispatch?.lastSeq)).toBe(Math.max(...numbers));
  });

  it('never locks itself out when processes meet over the same customers, new and known, in any order', async () => {
    const customers = Array.from({ length: 30 }, newCustomer);
    const inboxes = [1, 2, 3, 4].map(() => lab.openInbox());
    for (const round of [1, 2, 3]) {
      const takes = inboxes.flatMap((inbox, own) => {
        const order = customers.map(
          (_, index) => customers[(index * ([7, 11, 13, 17][own] ?? 1) + round) % 30] as string,
        );
        const items = order.map((customer) => said(customer, `${round} of ${own}`));
        return [lab.take(items.slice(0, 15), inbox), lab.take(items.slice(15), inbox)];
      });
      const results = await Promise.all(takes);
      expect(results.reduce((sum, result) => sum + result.stored, 0)).toBe(4 * 30);
    }
    const { deadlocks } = (
      await lab.db.$queryRaw<
        { deadlocks: bigint }[]
      >`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`
    )[0] as { deadlocks: bigint };
    expect(Number(deadlocks)).toBe(0);
  });

  it('stores one of 50 identical deliveries that arrive at once, in one process or in four', async () => {
    for (const count of [1, 4]) {
      const customer = newCustomer();
      const inboxes = Array.from({ length: count }, () => lab.openInbox());
      const item = said(customer, 'the same', { message_id: `mid-${customer}` });
      const before = await lab.db.inboundDelivery.count();
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) => lab.take(item, inboxes[index % count])),
      );
      expect(results.reduce((sum, result) => sum + result.stored, 0)).toBe(1);
      expect(results.reduce((sum, result) => sum + result.duplicates, 0)).toBe(49);
      const { id, unreadCount } = await conversationOf(customer);
      expect(unreadCount).toBe(1);
      expect(await lab.db.message.count({ where: { conversationId: id } })).toBe(1);
      expect(await lab.db.inboundDelivery.count()).toBe(before + 50);
      expect(await lab.db.inboundDelivery.count({ where: { body: { contains: customer } } })).toBe(1);
    }
  });

  it('stores one of two copies in one delivery', async () => {
    const customer = newCustomer();
    const item = said(customer, 'twice', { message_id: `mid-${customer}` });
    expect(await lab.take([item, item])).toMatchObject({ stored: 1, duplicates: 1 });
    expect(await eventsOf(customer)).toHaveLength(1);
  });

  it('keeps the good items of a delivery beside the unreadable ones, and a body that cannot be read', async () => {
    const customer = newCustomer();
    const unreadable = { text: `from nobody ${customer}` };
    expect(await lab.take([said(customer, 'good'), unreadable])).toMatchObject({ stored: 1, quarantined: false });
    const apart = await lab.db.inboundDelivery.findFirstOrThrow({ where: { body: { contains: unreadable.text } } });
    expect(apart).toMatchObject({ state: 'quarantined', businessId: null, body: JSON.stringify([unreadable]) });
    const raw = { rawBody: Buffer.from(`not json ${customer}\u0000`), headers: {}, receivedAtMs: Date.now() };
    await expect(lab.openInbox().ingest(lab.channel, raw)).rejects.toThrow(InvalidInputError);
    const kept = await lab.db.inboundDelivery.findFirstOrThrow({
      where: { body: { startsWith: `not json ${customer}` } },
    });
    expect(kept).toMatchObject({ state: 'quarantined', eventCount: 0, businessId: null });
  });

  it('keeps words that PostgreSQL would refuse', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'nul \u0000 half \ud83d emoji 🌷'));
    expect((await conversationOf(customer)).lastMessageText).toMatch(/^nul .*half .* emoji 🌷$/);
  });

  it('opens the window from the message, never from the future', async () => {
    const customer = newCustomer();
    const sentMs = Date.now() - HOUR_MS;
    await lab.take(said(customer, 'an hour late', { timestamp: sentMs }));
    const late = await conversationOf(customer);
    expect(late.windowExpiresAt?.getTime()).toBe(sentMs + 24 * HOUR_MS);
    await lab.take(said(customer, 'older still', { timestamp: sentMs - HOUR_MS }));
    expect((await conversationOf(customer)).windowExpiresAt).toEqual(late.windowExpiresAt);
    await lab.take(said(customer, 'from the future', { timestamp: Date.now() + 60_000 }));
    expect((await conversationOf(customer)).windowExpiresAt?.getTime()).toBeLessThanOrEqual(Date.now() + 24 * HOUR_MS);
  });

  it('notes an opt-out and takes it back', async () => {
    const customer = newCustomer();
    const contact = () => lab.db.contact.findFirstOrThrow({ where: { externalId: customer } });
    await lab.take(said(customer, 'STOP'));
    expect((await contact()).optedOutAt).not.toBeNull();
    await lab.take(said(customer, 'START'));
    expect((await contact()).optedOutAt).toBeNull();
    expect((await eventsOf(customer)).map((event) => event.kind)).toEqual(['opt_out', 'opt_in']);
    await lab.take(said(customer, 'please do not stop by before noon'));
    expect((await contact()).optedOutAt).toBeNull();
  });

  it('makes an account that only a webhook named, once', async () => {
    const shop = `shop-${randomUUID()}`;
    const inboxes = [lab.openInbox(), lab.openInbox()];
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        lab.take(said(newCustomer(), 'hi', { receiver_id: shop }), inboxes[index % 2]),
      ),
    );
    expect(await lab.db.account.count({ where: { externalId: shop } })).toBe(1);
  });

  it('finds its way again after a contact was erased behind its back', async () => {
    const customer = newCustomer();
    const inbox = lab.openInbox();
    await lab.take(said(customer, 'before'), inbox);
    const { id, contactId } = await conversationOf(customer);
    await lab.db.conversation.delete({ where: { id } });
    await lab.db.contact.delete({ where: { id: contactId } });
    expect(await lab.take(said(customer, 'after'), inbox)).toMatchObject({ stored: 1 });
    expect(await eventsOf(customer)).toHaveLength(1);
  });
});

describe('createAccept', () => {
  const raw = (items: unknown) => ({
    rawBody: Buffer.from(JSON.stringify(items)),
    headers: {},
    receivedAtMs: Date.now(),
  });
  const stateOf = async (id: string) => (await lab.db.inboundDelivery.findUniqueOrThrow({ where: { id } })).state;
  /** An acceptor whose process dies before it sorts. */
  const acceptOnly = () => createAccept({ ...lab, onReceived: () => undefined });

  it('keeps a delivery that whoever comes next sorts, in the order in which they came', async () => {
    const customer = newCustomer();
    const accept = acceptOnly();
    const first = await accept(lab.channel, raw(said(customer, 'before the crash')));
    expect(await stateOf(first)).toBe('received');
    await lab.take(said(customer, 'after it'), lab.openInbox());
    expect(await stateOf(first)).toBe('stored');
    const { id } = await conversationOf(customer);
    const messages = await lab.db.message.findMany({ where: { conversationId: id }, orderBy: { createdAt: 'asc' } });
    expect(messages.map((message) => message.text).sort()).toEqual(['after it', 'before the crash']);
    expect((await eventsOf(customer)).map((event) => event.deliveryId)[0]).toBe(first);
  });

  it('finds by itself what a dead process left', async () => {
    lab.openInbox();
    const id = await acceptOnly()(lab.channel, raw(said(newCustomer(), 'left behind')));
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('stored'), 5000);
  });

  it('sets aside a delivery that cannot be stored, and sorts those around it', async () => {
    const accept = acceptOnly();
    const before = await accept(lab.channel, raw(said(newCustomer(), 'before')));
    const bad = await accept({ ...lab.channel, name: 'sms' }, raw(said(newCustomer(), 'by pigeon')));
    await lab.take(said(newCustomer(), 'after'));
    expect(await Promise.all([before, bad].map(stateOf))).toEqual(['stored', 'quarantined']);
    expect(String(lab.errors.at(-1))).toContain('no channel sms');
  });

  it('keeps deliveries waiting while the database cannot take what they hold', async () => {
    const other = await openInboxLab();
    await other.db.$executeRaw`ALTER TABLE dispatches RENAME TO away`;
    const accept = createAccept({ ...other, onReceived: () => undefined });
    const id = await accept(other.channel, raw(said('somebody', 'patience')));
    await vi.waitFor(() => expect(other.errors.length).toBeGreaterThan(0), 5000);
    const where = { id };
    expect((await other.db.inboundDelivery.findUniqueOrThrow({ where })).state).toBe('received');
    await other.db.$executeRaw`ALTER TABLE away RENAME TO dispatches`;
    await vi.waitFor(
      async () => expect((await other.db.inboundDelivery.findUniqueOrThrow({ where })).state).toBe('stored'),
      5000,
    );
    await other.close();
  });
});

describe('due times', () => {
  const QUIET = { quietMs: 1000, maxMs: 3000 };
  afterEach(() => Object.assign(lab.debounce, AT_ONCE));

  it('are the quiet time after the last message, but never past the maximum after the first', async () => {
    const customer = newCustomer();
    Object.assign(lab.debounce, QUIET);
    await lab.take(said(customer, 'one'));
    const first = (await conversationOf(customer)).dispatch?.waitingSince?.getTime() as number;
    expect(await dueInMs(customer)).toBeGreaterThan(700);
    expect(await dueInMs(customer)).toBeLessThanOrEqual(1010);
    await lab.db.$executeRaw`UPDATE dispatches SET waiting_since = now() - interval '2500 ms' WHERE conversation_id = (
      SELECT c.id FROM conversations c JOIN contacts k ON k.id = c.contact_id WHERE k.external_id = ${customer})`;
    await lab.take(said(customer, 'two'));
    const { dispatch } = await conversationOf(customer);
    expect(dispatch?.waitingSince?.getTime()).toBeLessThan(first);
    expect(await dueInMs(customer)).toBeLessThanOrEqual(510);
  });

  it.each([
    ['a tap', (customer: string) => said(customer, '', { message_type: 'postback', postback: { payload: 'BUY' } })],
    ['STOP', (customer: string) => said(customer, 'STOP')],
    ['a word on the page', (customer: string) => pageSaid(customer, 'I am here')],
  ])('are now for %s, and for what waited before it', async (_, item) => {
    const customer = newCustomer();
    Object.assign(lab.debounce, { quietMs: 60_000, maxMs: 60_000 });
    await lab.take(said(customer, 'waiting'));
    expect(await dueInMs(customer)).toBeGreaterThan(50_000);
    await lab.take(item(customer));
    expect(await dueInMs(customer)).toBeLessThanOrEqual(0);
  });

  it('stay unset for a delivery that brought nothing new', async () => {
    const customer = newCustomer();
    const item = said(customer, 'x', { message_id: `mid-${customer}` });
    await lab.take(item);
    const { id } = await conversationOf(customer);
    await markDispatched(lab.db, [
      { conversationId: id, upToSeq: Number((await conversationOf(customer)).dispatch?.lastSeq) },
    ]);
    await lab.take(item);
    expect(await dueInMs(customer)).toBeNull();
  });
});

describe('read receipts', () => {
  const readAts = async (customer: string) => {
    const { id } = await conversationOf(customer);
    const messages = await lab.db.message.findMany({ where: { conversationId: id }, orderBy: { sentAt: 'asc' } });
    return messages.map(({ text, readAt }) => [text, readAt?.getTime() ?? null]);
  };
  const T = Date.now() - HOUR_MS;
  const seen = (customer: string, timestamp: number) => said(customer, '', { message_type: 'seen', timestamp });

  it('tell when the words of the shop were read first, and say nothing of later ones or of the customer', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'a question', { timestamp: T }));
    await lab.take(pageSaid(customer, 'an answer', { timestamp: T + 1000 }));
    await lab.take(seen(customer, T + 2000));
    await lab.take(pageSaid(customer, 'another', { timestamp: T + 3000 }));
    await lab.take(seen(customer, T + 2500));
    expect(await readAts(customer)).toEqual([
      ['a question', null],
      ['an answer', T + 2000],
      ['another', null],
    ]);
    await lab.take([seen(customer, T + 5000), seen(customer, T + 4000)]);
    expect((await readAts(customer))[2]).toEqual(['another', T + 4000]);
  });
});

describe('echoes', () => {
  const plan = async (customer: string, text: string, state: string, changes: object = {}) => {
    const { id, businessId } = await conversationOf(customer);
    return lab.db.outboundMessage.create({
      data: {
        businessId,
        conversationId: id,
        author: 'bot',
        state,
        content: { kind: 'text', text },
        text,
        fingerprint: fingerprintOf(text),
        ...changes,
      },
    });
  };
  const kinds = async (customer: string) => (await eventsOf(customer)).map((event) => event.kind);

  it.each(['unknown', 'rejected'])('prove that a send which was called %s arrived', async (state) => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    const { id } = await plan(customer, 'Our answer', state);
    await lab.take(pageSaid(customer, '  Our   answer '));
    expect(await kinds(customer)).toEqual(['message', 'echo']);
    expect(await lab.db.outboundMessage.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'sent',
      settledBy: 'echo',
    });
    const { id: conversationId } = await conversationOf(customer);
    expect(await lab.db.message.count({ where: { conversationId, outboundId: id } })).toBe(1);
  });

  it('come with words of the customer in one delivery while the send is being proven: nobody waits for the other for ever', async () => {
    const deadlocks = async () => {
      const rows = await lab.db.$queryRaw<{ n: bigint }[]>`
        SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()`;
      return Number(rows[0]?.n);
    };
    const before = { deadlocks: await deadlocks(), errors: lab.errors.length };
    const customers = Array.from({ length: 20 }, newCustomer);
    for (const customer of customers) await lab.take(said(customer, 'hello'));
    for (const round of [1, 2, 3]) {
      const text = `Our answer ${round}`;
      const sends = await Promise.all(customers.map((customer) => plan(customer, text, 'sending')));
      const proof = { externalId: null, httpStatus: 200, settledBy: 'provider' };
      await Promise.all([
        lab.take(customers.flatMap((customer) => [said(customer, `more ${round}`), pageSaid(customer, text)])),
        ...sends.map(({ id }) => markOutboundSent(lab.db, id, proof)),
      ]);
      const rows = await lab.db.outboundMessage.findMany({ where: { id: { in: sends.map(({ id }) => id) } } });
      expect(rows.every(({ state, echoEventId }) => state === 'sent' && echoEventId !== null)).toBe(true);
    }
    expect({ deadlocks: await deadlocks(), errors: lab.errors.length }).toEqual(before);
  });

  it('prove the new send, not the doubtful one that it repeats', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    const doubtful = await plan(customer, 'Our answer', 'unknown', { settledBy: 'somebody' });
    const again = await plan(customer, 'Our answer', 'sent');
    const stateOf = async ({ id }: { id: string }) => {
      const row = await lab.db.outboundMessage.findUniqueOrThrow({ where: { id } });
      return [row.state, row.echoEventId !== null];
    };
    await lab.take(pageSaid(customer, 'Our answer', { message_id: `a-${customer}` }));
    expect([await stateOf(doubtful), await stateOf(again)]).toEqual([
      ['unknown', false],
      ['sent', true],
    ]);
    await lab.take(pageSaid(customer, 'Our answer', { message_id: `b-${customer}` }));
    expect(await stateOf(doubtful)).toEqual(['sent', true]);
  });

  it('are told from a person at work on the page', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Our answer', 'sent');
    await lab.take(pageSaid(customer, 'My own words'));
    expect(await kinds(customer)).toEqual(['message', 'page_message']);
    const { lastPageMessageAt, unreadCount, dispatch } = await conversationOf(customer);
    expect(lastPageMessageAt).not.toBeNull();
    expect(unreadCount).toBe(0);
    expect(dispatch?.dueAt).not.toBeNull();
  });

  it('match each send once: the second time the same words are a person', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Yes', 'sent');
    await lab.take(pageSaid(customer, 'Yes', { message_id: `e1-${customer}` }));
    await lab.take(pageSaid(customer, 'Yes', { message_id: `e1-${customer}` }));
    await lab.take(pageSaid(customer, 'Yes', { message_id: `e2-${customer}` }));
    expect(await kinds(customer)).toEqual(['message', 'echo', 'page_message']);
  });

  it('are known by the id of the provider when the words changed', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Look at https://a.example', 'sent', { externalId: `dm-${customer}` });
    await lab.take(pageSaid(customer, 'Look at [link]', { message_id: `dm-${customer}` }));
    expect(await kinds(customer)).toEqual(['message', 'echo']);
  });

  const picture = { content: { kind: 'image', url: 'https://peyk.example/a.jpg' } };
  const cards = { content: { kind: 'cards', cards: [{ title: 'Bag', subtitle: '450' }] } };
  const pagePicture = (customer: string, changes: object = {}) =>
    pageSaid(customer, '', {
      message_type: 'image',
      media: { type: 'image', url: 'https://cdn.example/1' },
      ...changes,
    });

  it('of a picture come with another address and no words', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    const { id } = await plan(customer, '', 'sent', picture);
    await lab.take(pagePicture(customer));
    expect(await kinds(customer)).toEqual(['message', 'echo']);
    expect((await lab.db.outboundMessage.findUniqueOrThrow({ where: { id } })).echoEventId).not.toBeNull();
    // A second one was sent by a person.
    await lab.take(pagePicture(customer, { message_id: `own-${customer}` }));
    expect(await kinds(customer)).toEqual(['message', 'echo', 'page_message']);
  });

  it.each([
    ['a template', { message_type: 'template', message_id: 'other-id' }],
    ['an empty text', { message_type: 'text' }],
  ])('of cards come as %s without words', async (_, changes) => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Bag', 'sent', cards);
    await lab.take(pageSaid(customer, '', changes));
    expect(await kinds(customer)).toEqual(['message', 'echo']);
  });

  it("of cards come without words in Directam's documented form, and the page has no line of its own", async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Bag', 'sent', cards);
    await lab.take({ ...pageSaid(customer, ''), sender_id: customer, receiver_id: SHOP });
    expect(await kinds(customer)).toEqual(['message', 'echo']);
    const { id: conversationId, mode, lastPageMessageAt } = await conversationOf(customer);
    expect([mode, lastPageMessageAt]).toEqual(['bot', null]);
    expect(await lab.db.message.count({ where: { conversationId, author: 'page' } })).toBe(0);
  });

  it('of cards come with words of theirs; a person who speaks of them, or sends a heart, is none', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Bag', 'sent', cards);
    await lab.take(pageSaid(customer, 'The Bag is lovely'));
    await lab.take(pageSaid(customer, '', { message_type: 'like_heart', message_id: `heart-${customer}` }));
    expect(await kinds(customer)).toEqual(['message', 'page_message', 'page_message']);
    await lab.take(pageSaid(customer, 'Bag\n450', { message_id: `echo-${customer}` }));
    expect((await kinds(customer)).at(-1)).toBe('echo');
  });

  it('are known though half-spaces and signs came back in another way, also of an earlier release', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'جمعه\u200cها & شنبه\u200cها از ۴ عصر.', 'sent');
    await plan(customer, 'پاسخ\u200cگو هستیم.', 'sent', { fingerprint: 'پاسخ\u200cگو هستیم.' });
    await lab.take(pageSaid(customer, 'جمعهها &amp; شنبه ها از 4 عصر.'));
    await lab.take(pageSaid(customer, 'پاسخگو هستیم.'));
    expect(await kinds(customer)).toEqual(['message', 'echo', 'echo']);
    await lab.take(pageSaid(customer, 'جمعه ها نیستیم.'));
    expect((await kinds(customer)).at(-1)).toBe('page_message');
  });

  it('without words are none of a text, of another kind, or of what was sent minutes ago', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'A text', 'sent');
    await plan(customer, 'Bag', 'sent', cards);
    const old = await plan(customer, '', 'sent', picture);
    await lab.db
      .$executeRaw`UPDATE outbound_messages SET updated_at = now() - interval '3 minutes' WHERE id = ${old.id}::uuid`;
    await lab.take(pagePicture(customer));
    expect(await kinds(customer)).toEqual(['message', 'page_message']);
  });

  it('never match what was not sent, nor what was sent long ago', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'hello'));
    await plan(customer, 'Planned', 'planned');
    await plan(customer, 'Blocked', 'blocked');
    const old = await plan(customer, 'Old', 'sent');
    await lab.db
      .$executeRaw`UPDATE outbound_messages SET updated_at = now() - interval '1 hour' WHERE id = ${old.id}::uuid`;
    const { id } = await conversationOf(customer);
    for (const text of ['Planned', 'Blocked', 'Old'])
      expect(
        await matchEcho(lab.db, id, {
          eventId: randomUUID(),
          fingerprint: fingerprintOf(text),
          media: null,
          externalId: null,
        }),
      ).toBeNull();
  });
});

describe('replayInboundEvent', () => {
  it('owes an event once more under a new number, at once', async () => {
    const customer = newCustomer();
    await lab.take([said(customer, 'one'), said(customer, 'two')]);
    const { id, dispatch } = await conversationOf(customer);
    await markDispatched(lab.db, [{ conversationId: id, upToSeq: Number(dispatch?.lastSeq) }]);
    const [first] = await eventsOf(customer);
    await replayInboundEvent(lab.db, lab.businessId, first?.id as string);
    const { conversations } = await claimDue(lab.db, 100, 1000);
    const due = conversations.find((conversation) => conversation.conversationId === id);
    expect(due?.events).toMatchObject([{ messageId: first?.messageId, kind: 'message' }]);
    expect(due?.events[0]?.seq).toBeGreaterThan(Number(dispatch?.lastSeq));
    expect(await lab.db.inboundEvent.findUniqueOrThrow({ where: { id: first?.id as string } })).toMatchObject({
      replayCount: 1,
    });
  });

  it('knows no event of another business, and none that needs no work', async () => {
    const customer = newCustomer();
    await lab.take(said(customer, 'one'));
    const [event] = await eventsOf(customer);
    const eventId = event?.id as string;
    await expect(replayInboundEvent(lab.db, randomUUID(), eventId)).rejects.toThrow(NotFoundError);
    await expect(replayInboundEvent(lab.db, lab.businessId, randomUUID())).rejects.toThrow(NotFoundError);
    await lab.db.inboundEvent.update({ where: { id: eventId }, data: { kind: 'echo' } });
    await expect(replayInboundEvent(lab.db, lab.businessId, eventId)).rejects.toThrow(NotFoundError);
  });
});
