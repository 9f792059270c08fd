import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimAccount, releaseWaiting } from '../../src/accounts/claim.ts';
import { newId } from '../../src/inbox/new-id.ts';
import { type InboxLab, openInboxLab, SHOP, said } from '../support/inbox-lab.ts';

const OTHER_SHOP = '555000';

let lab: InboxLab;
let otherId: string;
beforeAll(async () => {
  lab = await openInboxLab();
  lab.selfConnecting.clear();
  otherId = (await lab.db.business.create({ data: { slug: 'other', name: 'Other' } })).id;
  const account = { businessId: otherId, channel: 'directam', externalId: OTHER_SHOP };
  await lab.db.account.create({ data: account });
});
afterAll(() => lab.close());

const newName = () => `x-${randomUUID()}`;
const deliveriesWith = (text: string) =>
  lab.db.inboundDelivery.findMany({ where: { body: { contains: text } }, orderBy: { id: 'asc' } });
const contactsCalled = (externalId: string) => lab.db.contact.findMany({ where: { externalId } });

describe('a delivery for an account that nobody has connected', () => {
  it('is kept with that reason, belongs to nobody, and makes no account, contact or event', async () => {
    const [shop, customer] = [newName(), newName()];
    const result = await lab.take(said(customer, 'hello', { receiver_id: shop }));
    expect(result).toMatchObject({ stored: 0, quarantined: true });
    expect(await deliveriesWith(shop)).toMatchObject([
      { state: 'quarantined', reason: 'unknown_account', businessId: null, accountExternalId: shop, eventCount: 0 },
    ]);
    expect(await contactsCalled(customer)).toEqual([]);
    expect(await lab.db.account.count({ where: { externalId: shop } })).toBe(0);
  });

  it('is released to whoever connects it only if nobody else signed it', async () => {
    const shop = newName();
    const bySigner = { nobody: null, own: otherId, another: lab.businessId };
    for (const [name, businessId] of Object.entries(bySigner))
      await lab.db.inboundDelivery.create({
        data: {
          channel: 'directam',
          businessId,
          state: 'quarantined',
          accountExternalId: shop,
          body: `${shop} ${name}`,
        },
      });
    const claim = { channel: 'directam', externalId: shop, businessId: otherId, byInstallation: true };
    expect(await releaseWaiting(lab.db, claim)).toBe(2);
    const states = (await deliveriesWith(shop)).map(({ body, state }) => [body.split(' ')[1], state]);
    expect(Object.fromEntries(states)).toEqual({ nobody: 'received', own: 'received', another: 'quarantined' });
    await lab.db.inboundDelivery.deleteMany({ where: { accountExternalId: shop } });
  });

  it('is sorted when the account is connected, once, in the order in which it came', async () => {
    const [shop, customer] = [newName(), newName()];
    const twice = said(customer, 'first', { receiver_id: shop });
    await lab.take(twice);
    await lab.take(twice);
    await lab.take(said(customer, 'second', { receiver_id: shop }));
    const claim = { channel: 'directam', externalId: shop, businessId: otherId, byInstallation: true };
    await claimAccount(lab.db, claim);
    expect(await releaseWaiting(lab.db, claim)).toBe(3);
    await lab.db.account.create({ data: { businessId: otherId, channel: 'directam', externalId: shop } });
    await lab.take(said(newName(), 'somebody else'));
    const messages = await lab.db.message.findMany({
      where: { conversation: { contact: { externalId: customer } } },
      orderBy: { sentAt: 'asc' },
    });
    expect(messages.map(({ text, businessId }) => [text, businessId])).toEqual([
      ['first', otherId],
      ['second', otherId],
    ]);
    const kept = await lab.db.inboundDelivery.findMany({ where: { body: { contains: shop } } });
    expect(kept.map(({ state, businessId }) => [state, businessId])).toEqual([
      ['stored', otherId],
      ['stored', otherId],
    ]);
  });

  it("makes the account of the first business where the channel's variables are set", async () => {
    const [shop, customer] = [newName(), newName()];
    lab.selfConnecting.add('directam');
    await lab.take(said(customer, 'hello', { receiver_id: shop }));
    lab.selfConnecting.clear();
    const made = await lab.db.account.findFirstOrThrow({ where: { externalId: shop } });
    expect(made.businessId).toBe(lab.businessId);
    expect(await contactsCalled(customer)).toHaveLength(1);
  });
});

describe('a delivery for accounts of two businesses', () => {
  it('becomes a delivery of each, with its own part of the body alone', async () => {
    const [ours, theirs, nobody] = [newName(), newName(), newName()];
    const unreadable = { text: `lost ${nobody}` };
    const id = '17841400000000001234';
    await lab.take([
      said(theirs, `a secret of ${theirs}`, { receiver_id: OTHER_SHOP, message_id: id }),
      said(ours, `a secret of ${ours}`),
      said(nobody, 'hello', { receiver_id: nobody.replace('x-', 'y-') }),
      said(theirs, `more of ${theirs}`, { receiver_id: OTHER_SHOP }),
      unreadable,
    ]);
    const [mine] = await deliveriesWith(`a secret of ${ours}`);
    const [other] = await deliveriesWith(`a secret of ${theirs}`);
    expect(mine).toMatchObject({ businessId: lab.businessId, state: 'stored', eventCount: 1 });
    expect(mine?.body).not.toContain(theirs);
    expect(other).toMatchObject({ businessId: otherId, state: 'stored', eventCount: 2 });
    expect(other?.body).not.toContain(ours);
    expect(other?.body).toContain(`more of ${theirs}`);
    expect(await deliveriesWith(nobody)).toMatchObject([
      { businessId: null, reason: 'unknown_account' },
      { businessId: null, state: 'quarantined', accountExternalId: '' },
    ]);
    expect((await contactsCalled(theirs)).map(({ businessId }) => businessId)).toEqual([otherId]);
    const events = await lab.db.inboundEvent.findMany({ where: { deliveryId: other?.id as string } });
    expect(events).toHaveLength(2);
    expect(other?.receivedAt).toEqual(mine?.receivedAt);
  });

  it('is known again when the provider repeats it, also in other company', async () => {
    const [ours, theirs] = [newName(), newName()];
    const [mine, other] = [said(ours, 'mine'), said(theirs, 'other', { receiver_id: OTHER_SHOP })];
    expect(await lab.take([mine, other])).toMatchObject({ stored: 1 });
    expect(await lab.take([mine])).toMatchObject({ stored: 0, duplicates: 1 });
    expect(await lab.take([other, mine])).toMatchObject({ stored: 0, duplicates: 1 });
    expect(await lab.db.message.count({ where: { conversation: { contact: { externalId: theirs } } } })).toBe(1);
  });

  it('stays one, as it came, when both accounts are one', async () => {
    const customer = newName();
    await lab.take([said(customer, 'one'), said(customer, 'two')]);
    expect(await deliveriesWith(customer)).toMatchObject([{ eventCount: 2, businessId: lab.businessId }]);
  });
});

describe("a delivery that came by one business's own door", () => {
  const come = async (businessId: string, item: object) => {
    const id = newId();
    await lab.db.inboundDelivery.create({
      data: { id, businessId, channel: 'directam', state: 'received', body: JSON.stringify(item) },
    });
    await lab.take(said(newName(), 'something else'));
    return lab.db.inboundDelivery.findUniqueOrThrow({ where: { id } });
  };

  it('reaches the accounts of that business', async () => {
    const customer = newName();
    const delivery = await come(otherId, said(customer, 'hello', { receiver_id: OTHER_SHOP }));
    expect(delivery).toMatchObject({ state: 'stored', businessId: otherId });
    expect(await contactsCalled(customer)).toHaveLength(1);
  });

  it('reaches no account of another, whoever signed it', async () => {
    const customer = newName();
    const delivery = await come(otherId, said(customer, 'forged', { receiver_id: SHOP }));
    expect(delivery).toMatchObject({ state: 'quarantined', reason: 'unknown_account', businessId: otherId });
    expect(await contactsCalled(customer)).toEqual([]);
  });
});
