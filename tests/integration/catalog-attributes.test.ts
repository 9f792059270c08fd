import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FoundProduct, FoundVariant } from '../../src/catalog/found-product.ts';
import { saveProducts } from '../../src/catalog/product-write-store.ts';
import { emptyProduct } from '../../src/catalog/readers/found-parts.ts';
import { parseProductQuery } from '../../src/catalog/search/product-query.ts';
import { searchProducts } from '../../src/catalog/search/product-search-store.ts';
import { createReplyModel } from '../../src/replies/models/router.ts';
import type { OutboundContent } from '../../src/text/message.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';

// Goal: a customer who asks for a size, a colour or a warranty is told what the shop says, and a person is asked where it says
// nothing. Method: the real activities over PostgreSQL; products as sources give them.

let lab: ActivityLab;
let openai: FakeOpenAi;
let businessId: string;

const toman = (amount: number) => ({ amount: BigInt(amount), currency: 'IRT' as const });
const variant = (colour: string, size: string, price: number | null, available: boolean): FoundVariant => ({
  options: [
    { name: 'colour', value: colour },
    { name: 'size', value: size },
  ],
  title: `${colour} / ${size}`,
  sku: '',
  price: price === null ? null : toman(price),
  available,
});
const PRODUCTS: Record<string, Partial<FoundProduct>> = {
  mantle: {
    title: 'مانتو لینن مدل نازگل',
    price: toman(1_850_000),
    attributes: [
      { name: 'size', values: ['۳۸', '۴۰', '۴۲'] },
      { name: 'material', values: ['لینن'] },
    ],
  },
  sneaker: {
    title: 'کفش اسپرت مدل آلوند',
    price: toman(2_100_000),
    attributes: [
      { name: 'warranty', values: ['۶ ماه'] },
      { name: 'originality', values: ['اورجینال'] },
    ],
    variants: [
      variant('مشکی', '۴۲', 2_100_000, true),
      variant('مشکی', '۴۴', 2_250_000, true),
      variant('سفید', '۴۴', 2_250_000, false),
    ],
  },
  black: { title: 'کیف دوشی مشکی مدل شب', price: toman(900_000) },
  brown: { title: 'کیف دوشی قهوه‌ای مدل خزان', price: toman(950_000) },
  phone: { title: 'گوشی سهند ۱۲', price: toman(9_000_000) },
  scarf: { title: 'شال مدل گلبرگ', price: toman(300_000) },
};

beforeAll(async () => {
  [lab, openai] = await Promise.all([openActivityLab(), startFakeOpenAi()]);
  ({ id: businessId } = await lab.db.business.findFirstOrThrow());
  const drafts = Object.entries(PRODUCTS).map(([key, product]) => ({
    key,
    found: { ...emptyProduct('IRT'), url: `https://shop.example/${key}`, available: true, ...product },
  }));
  await saveProducts(lab.db, { businessId, source: 'import', sourceId: null, readPages: false }, drafts, 'table');
});
afterAll(async () => {
  await openai.close();
  await lab.close();
});

let turn = 0;
type Talking = Talk & { messageIds: string[] };

async function decide(talk: Talking, useModel = false) {
  const model = createReplyModel({
    provider: 'compatible',
    timeoutMs: 5000,
    providers: [{ name: 'compatible', apiKey: null, baseUrl: openai.url, model: 'test-model' }],
  });
  const turnId = `1.${++turn}`;
  await lab.run(
    'decideReply',
    {
      identity: { conversationId: talk.conversationId, businessId },
      turnId,
      messageIds: talk.messageIds,
      optOut: false,
      supersedesTurnIds: [],
      cancelFollowUpId: null,
      runNumber: 0,
      windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
      decideOnly: true,
    },
    useModel ? { deps: { model } } : {},
  );
  const { outbound } = await lab.db.decision.findUniqueOrThrow({
    where: { turnId: `${talk.conversationId}:${turnId}` },
    include: { outbound: { orderBy: { position: 'asc' } } },
  });
  const contents = outbound.map((row) => row.content as unknown as OutboundContent);
  return {
    text: outbound.map((row) => row.text).join('\n'),
    titles: contents.flatMap((content) => (content.kind === 'cards' ? content.cards.map(({ title }) => title) : [])),
    contents,
  };
}

/** What each line in turn is answered with, in one conversation. */
async function chat(...lines: string[]) {
  const talk = await lab.talk([lines[0] as string]);
  let answer = await decide(talk);
  for (const text of lines.slice(1)) {
    const { conversationId } = talk;
    const said = { businessId, conversationId, direction: 'in', author: 'customer', text, sentAt: new Date() };
    const { id } = await lab.db.message.create({ data: said });
    answer = await decide({ ...talk, messageIds: [id] });
  }
  const tickets = await lab.db.ticket.findMany({ where: { conversationId: talk.conversationId } });
  return { ...answer, tickets: tickets.map(({ reason, note }) => ({ reason, note })) };
}

const search = async (text: string) => {
  const { matches, outcome } = await searchProducts(lab.db, businessId, parseProductQuery(text), { limit: 5 });
  const full = matches.filter(({ coverage }) => coverage > 0.99);
  return { outcome, keys: full.map(({ product }) => product.sourceKey) };
};

describe('search', () => {
  it.each([
    ['مانتو لینن سایز ۴۰ دارید؟', ['mantle']],
    ['مانتو نازگل قرمز', ['mantle']],
    ['do you have کفش آلوند in black', ['sneaker']],
    ['کفش آلوند ۴۳', ['sneaker']],
    ['شال گلبرگ ضخیم مجلسی', ['scarf']],
  ])('does not lose a product to a size, a colour or a word more: “%s”', async (text, keys) => {
    expect(await search(text)).toEqual({ outcome: 'good', keys });
  });

  it('gives those of the colour first, and those of the title before all', async () => {
    expect((await search('کیف دوشی مشکی')).keys[0]).toBe('black');
    expect((await search('کیف دوشی قهوه‌ای')).keys[0]).toBe('brown');
  });

  it('still takes another number for another model, and another thing for another thing', async () => {
    expect((await search('گوشی سهند ۱۳')).outcome).not.toBe('good');
    expect((await search('قاب گوشی سهند')).outcome).not.toBe('good');
  });
});

describe('a question of attributes', () => {
  it('is answered with yes and the price of the variant, before the card', async () => {
    const { text, titles } = await chat('کفش اسپرت آلوند مشکی سایز ۴۴ دارید؟');
    expect(text).toMatch(/^بله، «کفش اسپرت مدل آلوند» رنگ مشکی سایز ۴۴ موجوده/);
    expect(text).toContain('۲٬۲۵۰٬۰۰۰');
    expect(text).not.toContain('۲٬۱۰۰٬۰۰۰');
    expect(titles).toEqual(['کفش اسپرت مدل آلوند']);
  });

  it('is about the product of the card before', async () => {
    expect((await chat('قیمت کفش آلوند چنده؟', 'سایز ۴۴ هم داره؟')).text).toMatch(
      /^بله، «کفش اسپرت مدل آلوند» سایز ۴۴/,
    );
    expect((await chat('قیمت کفش آلوند چنده؟', 'رنگ‌هاش چیه؟')).text).toContain('مشکی');
    expect((await chat('قیمت کفش آلوند چنده؟', 'گارانتی داره؟')).text).toContain('۶ ماه');
    expect((await chat('قیمت کفش آلوند چنده؟', 'اصله؟')).text).toMatch(/^بله، «کفش اسپرت مدل آلوند» اصله/);
    const english = await chat('do you have کفش آلوند', 'do you have it in white, size 44?');
    expect(english.text).toMatch(/^No, /);
  });

  it('finds the same kind of thing for somebody else', async () => {
    const drafts = ['مردانه', 'زنانه'].map((whom) => ({
      key: `boot-${whom}`,
      found: { ...emptyProduct('IRT'), title: `نیم‌بوت ${whom} مدل سبلان`, available: true, price: toman(1_000_000) },
    }));
    await saveProducts(lab.db, { businessId, source: 'import', sourceId: null, readPages: false }, drafts, 'table');
    const { titles } = await chat('قیمت نیم‌بوت مردانه سبلان', 'زنونه‌اش چی؟');
    expect(titles).toEqual(['نیم‌بوت زنانه مدل سبلان']);
  });

  it('never calls the very product something near', async () => {
    for (const line of ['مانتو لینن نازگل سایز ۴۰ دارید؟', 'مانتو نازگل قرمز دارید؟', 'شال گلبرگ ضخیم دارید؟'])
      expect((await chat(line)).text).not.toMatch(/دقیقا همین|خود اون رو/);
  });

  it('says no to a size that there is not, and names those that there are', async () => {
    const { text, tickets } = await chat('مانتو نازگل سایز ۴۶ دارید؟');
    expect(text).toMatch(/^نه، «مانتو لینن مدل نازگل» سایز ۴۶ نداره/);
    expect(text).toContain('۳۸، ۴۰، ۴۲');
    expect(tickets).toEqual([]);
  });

  it('makes a task of what the shop does not say, and does not guess', async () => {
    const { text, tickets } = await chat('شال گلبرگ مشکی دارید؟');
    expect(text).toContain('رو فروشگاه ننوشته');
    expect(text).not.toMatch(/^بله/);
    expect(tickets).toEqual([
      {
        reason: 'unknown_attribute',
        note: 'Customers ask for the colour of “شال مدل گلبرگ”; the catalog does not say it.',
      },
    ]);
  });

  it('is left to the shop’s own questions and answers where the product says nothing', async () => {
    const faq = await lab.db.faq.create({
      data: { businessId, language: 'fa', question: 'گارانتی دارید؟', answer: 'همه‌ی کالاها ضمانت تعویض دارند.' },
    });
    const { text, tickets } = await chat('قیمت شال گلبرگ چنده؟', 'گارانتی دارید؟');
    await lab.db.faq.delete({ where: { id: faq.id } });
    expect(text).toContain('ضمانت تعویض');
    expect(tickets).toEqual([]);
  });

  it('reaches a model with the product, its attributes and its variants', async () => {
    const talk = await lab.talk(['کفش آلوند مشکی رو چطور تمیز کنم؟ هزینه ارسال چقدره؟']);
    await decide(talk, true);
    const asked = JSON.stringify(openai.requests.at(-1));
    expect(asked).toContain('آلوند');
    expect(asked).toContain('۶ ماه');
    expect(asked).toContain('۲٬۲۵۰٬۰۰۰');
  });
});

describe('prices of one answer', () => {
  it('are all in tomans where some products are priced in rials', async () => {
    const found = (key: string, price: FoundProduct['price']) => ({
      key,
      found: { ...emptyProduct(price?.currency ?? 'IRT'), title: `قوری ${key}`, available: true, price },
    });
    const drafts = [found('a', toman(500_000)), found('b', { amount: 6_000_000n, currency: 'IRR' as const })];
    await saveProducts(lab.db, { businessId, source: 'import', sourceId: null, readPages: false }, drafts, 'table');
    const { contents } = await chat('قیمت قوری چنده؟');
    const shown = JSON.stringify(contents);
    expect(shown).toContain('۶۰۰٬۰۰۰ تومان');
    expect(shown).not.toContain('ریال');
  });
});
