import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Relay, type RelayDeps, startRelay } from '../../src/inbox/relay.ts';
import { capDueTimes, claimDue, type DueConversation, postponeDispatch } from '../../src/inbox/store.ts';
import { ranksOf } from '../support/builders.ts';
import { AT_ONCE, type InboxLab, openInboxLab, said } from '../support/inbox-lab.ts';

let lab: InboxLab;
const relays: Relay[] = [];
beforeAll(async () => {
  lab = await openInboxLab();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  Object.assign(lab.debounce, AT_ONCE);
});
afterAll(async () => {
  await lab.close();
});

const newCustomer = () => `cust-${randomUUID()}`;
const soon = (check: () => unknown) => expect.poll(check);
const start = (deliver: RelayDeps['deliver'], onError: RelayDeps['onError'] = () => {}): Relay => {
  const relay = startRelay({ db: lab.db, deliver, onError });
  relays.push(relay);
  return relay;
};
/** What a relay handed over: numbers by conversation. */
const collect = () => {
  const got: { conversationId: string; seqs: number[] }[] = [];
  const deliver = async (due: DueConversation) => {
    got.push({ conversationId: due.conversationId, seqs: due.events.map((event) => event.seq) });
  };
  return { got, deliver };
};
const owed = () => lab.db.inboundEvent.count({ where: { dispatchedAt: null } });
const settled = async () =>
  (await owed()) === 0 && (await lab.db.dispatch.count({ where: { dueAt: { not: null } } })) === 0;

describe('startRelay', () => {
  it('hands a burst over as one, with the kinds, ids and times of its events and no words', async () => {
    const customer = newCustomer();
    const timestamp = Date.now() - 1000;
    await lab.take([said(customer, 'a secret', { timestamp }), said(customer, 'another', { timestamp })]);
    const bursts: DueConversation[] = [];
    start(async (due) => void bursts.push(due));
    await soon(() => bursts.length).toBe(1);
    expect(bursts[0]).toMatchObject({ channel: 'directam', businessId: lab.businessId });
    expect(bursts[0]?.events).toEqual([
      { seq: expect.any(Number), kind: 'message', messageId: expect.any(String), atMs: timestamp },
      { seq: expect.any(Number), kind: 'message', messageId: expect.any(String), atMs: timestamp },
    ]);
    expect(ranksOf([bursts[0]?.events.map(({ seq }) => seq) ?? []])).toEqual([[1, 2]]);
    expect(JSON.stringify(bursts)).not.toContain('secret');
    await soon(settled).toBe(true);
  });

  it('is woken by a commit and does not wait for its next look', async () => {
    const { got, deliver } = collect();
    const relay = start(deliver);
    await sleep(100);
    await lab.take(said(newCustomer(), 'now'));
    const beganAtMs = performance.now();
    relay.wake();
    await soon(() => got.length).toBe(1);
    expect(performance.now() - beganAtMs).toBeLessThan(500);
  });

  it('finds without being woken what another process stored and left', async () => {
    const { got, deliver } = collect();
    start(deliver);
    await sleep(50);
    await lab.take(said(newCustomer(), 'left behind'));
    await soon(() => got.length).toBe(1);
  });

  it('waits for the quiet time', async () => {
    const { got, deliver } = collect();
    const relay = start(deliver);
    const customer = newCustomer();
    Object.assign(lab.debounce, { quietMs: 1500, maxMs: 8000 });
    for (const text of ['one', 'two', 'three']) {
      await lab.take(said(customer, text));
      relay.wake();
      await sleep(100);
    }
    expect(got).toEqual([]);
    await soon(() => ranksOf(got.map((burst) => burst.seqs))).toEqual([[1, 2, 3]]);
  });

  it('shares the work with others: each event goes out once', async () => {
    const { got, deliver } = collect();
    const slow = async (due: DueConversation) => {
      await sleep(20);
      await deliver(due);
    };
    const two = [start(slow), start(slow)];
    const customers = Array.from({ length: 40 }, newCustomer);
    for (const round of [1, 2]) {
      await Promise.all(customers.map((customer) => lab.take(said(customer, `text ${round}`))));
      for (const relay of two) relay.wake();
    }
    await soon(settled).toBe(true);
    const seen = got.flatMap((burst) => burst.seqs.map((seq) => `${burst.conversationId} ${seq}`));
    expect(seen).toHaveLength(80);
    expect(new Set(seen).size).toBe(80);
  });

  it('backs off while Temporal is away, loses nothing and hands over in order when it is back', async () => {
    const { got, deliver } = collect();
    const errors: string[] = [];
    let attempts = 0;
    let isUp = false;
    const relay = start(
      async (due) => {
        attempts += 1;
        if (!isUp) throw new Error('UNAVAILABLE');
        await deliver(due);
      },
      (message) => errors.push(message),
    );
    const customer = newCustomer();
    await lab.take(said(customer, 'one'));
    relay.wake();
    await soon(() => attempts).toBeGreaterThan(0);
    await lab.take(said(customer, 'two'));
    relay.wake();
    await sleep(900);
    expect(attempts).toBeLessThan(8);
    expect(errors[0]).toMatch(/will try again/);
    isUp = true;
    await soon(() => ranksOf([got.flatMap((burst) => burst.seqs)])).toEqual([[1, 2]]);
    await soon(settled).toBe(true);
  });

  it('keeps what arrives during a hand-over for the next one', async () => {
    const customer = newCustomer();
    const { got, deliver } = collect();
    const relay = start(async (due) => {
      if (got.length === 0) await lab.take(said(customer, 'meanwhile'));
      await deliver(due);
    });
    await lab.take(said(customer, 'first'));
    relay.wake();
    await soon(() => ranksOf(got.map((burst) => burst.seqs))).toEqual([[1], [2]]);
    await soon(settled).toBe(true);
  });

  it('finishes what is under way when it stops', async () => {
    const { got, deliver } = collect();
    let began = false;
    const relay = start(async (due) => {
      began = true;
      await sleep(200);
      await deliver(due);
    });
    await lab.take(said(newCustomer(), 'last'));
    relay.wake();
    await soon(() => began).toBe(true);
    await relay.stop();
    expect(got).toHaveLength(1);
    expect(await settled()).toBe(true);
  });
});

describe('claimDue', () => {
  it('gives a conversation to one asker, and to another once the lease is over', async () => {
    await lab.take(said(newCustomer(), 'leased'));
    const [one, two] = await Promise.all([claimDue(lab.db, 10, 2000), claimDue(lab.db, 10, 2000)]);
    expect(one.conversations.length + two.conversations.length).toBe(1);
    expect(await claimDue(lab.db, 10, 2000)).toEqual({ conversations: [], msUntilNext: null });
    await sleep(2050);
    const [again] = (await claimDue(lab.db, 10, 2000)).conversations;
    expect(again?.events).toHaveLength(1);
    await postponeDispatch(lab.db, [again?.conversationId as string], 60_000);
    const { conversations, msUntilNext } = await claimDue(lab.db, 10, 2000);
    expect(conversations).toEqual([]);
    expect(msUntilNext).toBeGreaterThan(50_000);
  });

  it('admits so many turns of a business that have not begun, and others all the same', async () => {
    await lab.db.dispatch.updateMany({ data: { dueAt: null, handedAt: null } });
    const admission = { turns: 6, turnsOfOne: 4 };
    const claim = async () =>
      (await claimDue(lab.db, 10, 20_000, admission)).conversations.map((of) => of.conversationId);
    for (let n = 0; n < 9; n += 1) await lab.take(said(newCustomer(), 'many'));
    const first = await claimDue(lab.db, 10, 20_000, admission);
    expect(first.conversations).toHaveLength(4);
    expect(first.msUntilNext).toBeLessThanOrEqual(0);
    expect(await claim()).toEqual([]);
    const other = await lab.db.business.create({ data: { slug: `other-${randomUUID()}`, name: 'Other' } });
    const theirs = await lab.db.dispatch.findFirstOrThrow({ where: { dueAt: { not: null }, handedAt: null } });
    const { conversationId } = theirs;
    await lab.db.dispatch.update({ where: { conversationId }, data: { businessId: other.id } });
    expect(await claim()).toEqual([conversationId]);
    await lab.db.$executeRaw`UPDATE dispatches SET handed_at = handed_at - interval '3 s'`;
    // What has not begun for so long waits for something else.
    expect(await claim()).toHaveLength(4);
  });
});

describe('a clock that was set back by three hours', () => {
  const THREE_HOURS_MS = 3 * 3_600_000;
  const ahead = (ms: number) => new Date(Date.now() + ms);
  const waiting = async (text: string, data: object): Promise<string> => {
    const { conversationIds } = await lab.take(said(newCustomer(), text));
    const conversationId = conversationIds[0] as string;
    await lab.db.dispatch.update({ where: { conversationId }, data });
    return conversationId;
  };
  beforeAll(async () => {
    await lab.db.dispatch.updateMany({ data: { dueAt: null, leasedUntil: null, handedAt: null } });
    await lab.db.inboundEvent.updateMany({ data: { dispatchedAt: new Date() } });
  });
  const rowOf = (conversationId: string) => lab.db.dispatch.findUniqueOrThrow({ where: { conversationId } });

  it.each([
    ['due then', { dueAt: ahead(THREE_HOURS_MS), waitingSince: ahead(THREE_HOURS_MS) }],
    ['leased until then', { leasedUntil: ahead(THREE_HOURS_MS) }],
    [
      'due and leased then, and noted as handed over',
      {
        dueAt: ahead(THREE_HOURS_MS),
        leasedUntil: ahead(THREE_HOURS_MS),
        handedAt: ahead(THREE_HOURS_MS),
      },
    ],
  ])('holds nothing up that was %s', async (name, data) => {
    const conversationId = await waiting(name, data);
    const { got, deliver } = collect();
    start(deliver);
    await soon(() => got.map((burst) => burst.conversationId)).toEqual([conversationId]);
    await soon(settled).toBe(true);
  });

  it('takes no place of a turn for those three hours', async () => {
    const handed = await Promise.all(
      Array.from({ length: 30 }, (_, n) => waiting(`handed ${n}`, { dueAt: null, handedAt: ahead(THREE_HOURS_MS) })),
    );
    await lab.db.inboundEvent.updateMany({
      where: { conversationId: { in: handed } },
      data: { dispatchedAt: new Date() },
    });
    const { got, deliver } = collect();
    start(deliver);
    await lab.take(said(newCustomer(), 'after all of them'));
    await soon(() => got.length).toBe(1);
    await soon(settled).toBe(true);
  });

  it('hurries nothing that is rightly due later, leased or under way', async () => {
    const data = { dueAt: ahead(60_000), waitingSince: new Date() };
    const quiet = await waiting('quiet time', data);
    const leased = await waiting('leased', { leasedUntil: ahead(20_000), handedAt: new Date() });
    expect(await capDueTimes(lab.db, 20_000)).toBe(0);
    expect((await claimDue(lab.db, 10, 2000)).conversations).toEqual([]);
    expect(await rowOf(quiet)).toMatchObject(data);
    expect((await rowOf(leased)).handedAt).not.toBeNull();
    await lab.db.dispatch.updateMany({ data: { dueAt: null, leasedUntil: null, handedAt: null } });
    await lab.db.inboundEvent.updateMany({ data: { dispatchedAt: new Date() } });
  });
});
