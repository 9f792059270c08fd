import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecideInput } from '../../activities/decide.activities.ts';
import type { Decided } from '../../src/conversations/core/state.ts';
import { expireOrderForm } from '../../src/orders/store.ts';
import type { OutboundContent, QuickReply } from '../../src/text/message.ts';
import { normaliseText } from '../../src/text/persian.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';

let lab: ActivityLab;
let bagId: string;
beforeAll(async () => {
  lab = await openActivityLab();
  const { id: businessId } = await lab.db.business.findFirstOrThrow();
  const product = async (title: string, price: bigint | null) =>
    lab.db.product.create({
      data: {
        businessId,
        source: 'manual',
        sourceKey: title,
        title,
        price,
        searchText: normaliseText(title),
        available: true,
      },
    });
  bagId = (await product('کیف چرمی قرمز', 450_000n)).id;
  await product('کفش کتان سفید', 900_000n);
  await product('کفش ورزشی مشکی', 1_200_000n);
  await product('ساعت دیواری', null);
});
afterAll(() => lab.close());

const orders = { limitMs: HOUR_MS };
const FILLED = ['کیف چرمی قرمز می‌خوام', '۲ تا', 'علی رضایی', '۰۹۱۲۳۴۵۶۷۸۹', 'تهران، خیابان ولیعصر، پلاک ۱۲'];

/** A customer whose next message is answered turn by turn. */
async function openChat() {
  const talk = await lab.talk([]);
  let turn = 0;
  const say = async (
    text: string,
    changes: Partial<DecideInput> = {},
    deps: object = { orders },
    tapped: { kind?: string; payload?: string } = {},
  ): Promise<Decided> => {
    turn += 1;
    const { businessId, conversationId } = talk;
    const message = await lab.db.message.create({
      data: { businessId, conversationId, direction: 'in', author: 'customer', text, sentAt: new Date(), ...tapped },
    });
    const input: DecideInput = {
      identity: { conversationId, businessId },
      turnId: `${turn}.${turn}`,
      messageIds: [message.id],
      optOut: false,
      supersedesTurnIds: [],
      cancelFollowUpId: null,
      runNumber: 0,
      windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
      decideOnly: true,
      ...changes,
    };
    return lab.run('decideReply', input, { deps });
  };
  return { talk, say };
}
const said = async ({ outboundIds }: Decided): Promise<string> => (await lab.outbound(outboundIds[0] as string)).text;
const formsOf = (talk: Talk) =>
  lab.db.orderForm.findMany({ where: { conversationId: talk.conversationId }, orderBy: { createdAt: 'asc' } });
const ordersOf = (talk: Talk) => lab.db.order.findMany({ where: { conversationId: talk.conversationId } });

describe('decideReply with an order form', () => {
  it('places an order at the price of the catalog, and sets and ends the timer of its form', async () => {
    const { talk, say } = await openChat();
    const first = await say(FILLED[0] as string);
    const [form] = await formsOf(talk);
    expect(first.timers).toMatchObject({ set: [{ id: form?.id, kind: 'order_form' }], cancel: [] });
    for (const line of FILLED.slice(1, -1)) await say(line);
    expect(await said(await say(FILLED.at(-1) as string))).toContain('۹۰۰٬۰۰۰ تومان');
    expect(await ordersOf(talk)).toEqual([]);
    const placed = await say('بله');
    expect(placed.timers).toEqual({ set: [], cancel: [form?.id] });
    const [order] = await ordersOf(talk);
    expect(order).toMatchObject({
      state: 'placed',
      total: 900_000n,
      currency: 'IRT',
      phone: '+989123456789',
      customerName: 'علی رضایی',
      items: [{ productId: bagId, quantity: 2, unitPrice: '450000', lineTotal: '900000' }],
    });
    expect(await said(placed)).toContain(
      new Intl.NumberFormat('fa-IR', { useGrouping: false }).format(order?.number ?? 0),
    );
    expect((await formsOf(talk)).map(({ state }) => state)).toEqual(['placed']);
  });

  it('is filled in with taps: each is read like the answer that it stands for', async () => {
    const { talk, say } = await openChat();
    const choicesOf = async ({ outboundIds }: Decided) => {
      const content = (await lab.outbound(outboundIds[0] as string)).content as unknown as OutboundContent;
      return content.kind === 'quick_replies' ? content.quickReplies : [];
    };
    const tap = ({ title, payload }: QuickReply) => say(title, {}, { orders }, { kind: 'quick_reply', payload });
    const offered = await choicesOf(await say('کفش می‌خوام بخرم'));
    expect(offered.map(({ title }) => title)).toEqual([expect.stringMatching(/^۱\. /), expect.stringMatching(/^۲\. /)]);
    const quantities = await choicesOf(await tap(offered[1] as QuickReply));
    expect(quantities.map(({ title }) => title)).toEqual(['۱', '۲', '۳']);
    const asksName = await tap(quantities[1] as QuickReply);
    expect(await choicesOf(asksName)).toEqual([]);
    for (const line of FILLED.slice(2, -1)) await say(line);
    const [, change] = await choicesOf(await say(FILLED.at(-1) as string));
    const [, quantity] = await choicesOf(await tap(change as QuickReply));
    const [one] = await choicesOf(await tap(quantity as QuickReply));
    const [yes] = await choicesOf(await tap(one as QuickReply));
    await tap(yes as QuickReply);
    const [form] = await formsOf(talk);
    expect(form).toMatchObject({ state: 'placed', form: { productId: offered[1]?.payload.slice('product:'.length) } });
    expect(await ordersOf(talk)).toMatchObject([{ items: [{ quantity: 1 }] }]);
  });

  it('is given up with a tap', async () => {
    const { talk, say } = await openChat();
    for (const line of FILLED) await say(line);
    await say('لغو سفارش', {}, { orders }, { kind: 'quick_reply', payload: 'answer:لغو سفارش' });
    expect((await formsOf(talk)).map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('takes the payload of a button that is not ours for nothing but its words', async () => {
    const { talk, say } = await openChat();
    for (const line of FILLED) await say(line);
    await say('هممم', {}, { orders }, { kind: 'quick_reply', payload: 'yes' });
    expect(await ordersOf(talk)).toEqual([]);
  });

  it.each([
    ['كيف جرمي قرمز ميخوام', 'Arabic letters and a misspelling'],
    ['لطفا ۲ تا کیف‌چرمی قرمز برام می‌خوام', 'a number, and words joined'],
  ])('knows the product that %j means: %s', async (text) => {
    const { talk, say } = await openChat();
    await say(text);
    expect((await formsOf(talk))[0]?.form).toMatchObject({ productId: bagId });
  });

  it('opens no form for a product that the shop has not', async () => {
    const { talk, say } = await openChat();
    await say('سفینه فضایی می‌خوام بخرم');
    expect(await formsOf(talk)).toEqual([]);
  });

  it('places several products as one order, named at once or one after the other', async () => {
    const { talk, say } = await openChat();
    await say('۲ تا کیف چرمی و یه کفش کتان سفید می‌خوام');
    for (const line of FILLED.slice(2)) await say(line);
    const summary = await said(await say('یه کفش ورزشی مشکی هم می‌خوام'));
    expect(summary).toContain('جمع کل: ۳٬۰۰۰٬۰۰۰ تومان');
    await say('بله');
    expect(await ordersOf(talk)).toMatchObject([
      {
        state: 'placed',
        total: 3_000_000n,
        items: [
          { productId: bagId, quantity: 2, lineTotal: '900000' },
          { title: 'کفش کتان سفید', quantity: 1 },
          { title: 'کفش ورزشی مشکی', quantity: 1, unitPrice: '1200000' },
        ],
      },
    ]);
  });

  it.each([
    'به جای کیف کفش کتان سفید بدید',
    'نه به‌جاش کفش کتان سفید می‌خوام',
    'کیف چرمی رو با کفش کتان عوض کنید',
    'na, be jash kafsh katan sefid bede',
  ])('takes another product in the place of the first: %s', async (wish) => {
    const { talk, say } = await openChat();
    for (const line of FILLED) await say(line);
    await say(wish);
    await say('بله');
    expect(await ordersOf(talk)).toMatchObject([{ items: [{ title: 'کفش کتان سفید', quantity: 2 }] }]);
  });

  it('places one order when the deciding activity runs twice', async () => {
    const { talk, say } = await openChat();
    for (const line of FILLED) await say(line);
    const again = { turnId: 'yes.1' };
    const [one, two] = [await say('بله', again), await say('بله', again)];
    expect(two.outboundIds).toEqual(one.outboundIds);
    expect(two.timers).toEqual(one.timers);
    expect(await ordersOf(talk)).toHaveLength(1);
  });

  it('takes back what a superseded turn did, and goes on from before', async () => {
    const { talk, say } = await openChat();
    for (const line of FILLED) await say(line);
    await say('بله', { turnId: 'yes.2' });
    await lab.takeBack(talk, 'yes.2');
    await say('نه، ۳ تا', { supersedesTurnIds: ['yes.2'] });
    expect((await ordersOf(talk)).map(({ state }) => state)).toEqual(['cancelled']);
    await say('بله');
    const placed = (await ordersOf(talk)).filter(({ state }) => state === 'placed');
    expect(placed).toMatchObject([{ total: 1_350_000n }]);
  });

  it('takes back a form that began in a turn that was abandoned', async () => {
    const { talk, say } = await openChat();
    await say(FILLED[0] as string, { turnId: 'begin.1' });
    await lab.run('recordConversation', {
      identity: talk,
      changes: { abandonTurns: { turnIds: ['begin.1'], reason: 'human_took_over' } },
    });
    expect(await formsOf(talk)).toMatchObject([{ state: 'cancelled', reason: 'human_took_over' }]);
  });

  it('answers a question in the middle and asks again for what is missing', async () => {
    const { talk, say } = await openChat();
    await say(FILLED[0] as string);
    const text = await said(await say('سلام، ارسالتون چند روزه؟'));
    expect(text).toContain('چند عدد می‌خواهید؟');
    expect(text.length).toBeGreaterThan('چند عدد می‌خواهید؟'.length + 10);
    await say('۲ تا');
    expect(await formsOf(talk)).toMatchObject([{ state: 'open', form: { quantity: 2, asked: 'name' } }]);
  });

  it('lets the customer choose when several products are meant', async () => {
    const { say } = await openChat();
    const text = await said(await say('کفش می‌خوام بخرم'));
    expect(text).toMatch(/کفش کتان سفید[\s\S]*کفش ورزشی مشکی|کفش ورزشی مشکی[\s\S]*کفش کتان سفید/);
  });

  it('notes an order without a price as a draft, and opens a ticket', async () => {
    const { talk, say } = await openChat();
    for (const line of ['ساعت دیواری می‌خوام', ...FILLED.slice(1), 'بله']) await say(line);
    expect(await ordersOf(talk)).toMatchObject([{ state: 'draft', total: null }]);
    const tickets = await lab.db.ticket.findMany({ where: { conversationId: talk.conversationId } });
    expect(tickets).toMatchObject([{ reason: 'order_problem' }]);
  });

  it('hands over when it does not get on', async () => {
    const { talk, say } = await openChat();
    for (const line of FILLED.slice(0, 3)) await say(line);
    await say('هممم');
    await say('هممم');
    expect(await say('هممم')).toMatchObject({ outcome: 'handoff', timers: { cancel: [expect.any(String)] } });
    expect(await formsOf(talk)).toMatchObject([{ state: 'cancelled', reason: 'problem' }]);
  });

  it('forgets a form that went off, or that nobody touched in time', async () => {
    const { talk, say } = await openChat();
    await say(FILLED[0] as string);
    const [form] = await formsOf(talk);
    await expireOrderForm(lab.db, talk, form?.id as string);
    expect(await formsOf(talk)).toMatchObject([{ state: 'expired', reason: 'timeout' }]);
    expect(await say('۲ تا')).not.toHaveProperty('timers');
    await say(FILLED[0] as string);
    expect(await say('۲ تا', {}, { orders: { limitMs: 0 } })).not.toHaveProperty('timers');
  });

  it('takes no orders when that is switched off', async () => {
    const { talk, say } = await openChat();
    await say(FILLED[0] as string, {}, { orders: null });
    expect(await formsOf(talk)).toEqual([]);
  });
});
