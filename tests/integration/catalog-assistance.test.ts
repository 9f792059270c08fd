import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutboundContent, textOf } from '../../src/text/message.ts';
import { normaliseText } from '../../src/text/persian.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';

let lab: ActivityLab;
beforeAll(async () => {
  lab = await openActivityLab();
  const { id: businessId } = await lab.db.business.findFirstOrThrow();
  const product = (title: string, category: string, price: number, more: object = {}) => ({
    businessId,
    source: 'manual',
    sourceKey: title,
    title,
    categories: [category],
    price: BigInt(price),
    available: true,
    searchText: normaliseText(`${title} ${category}`),
    ...more,
  });
  await lab.db.product.createMany({
    data: [
      product('کیف دوشی زنانه رها', 'کیف', 1_850_000, { attributes: [{ name: 'colour', values: ['مشکی'] }] }),
      product('کیف اداری مدل البرز', 'کیف', 4_200_000, { available: false }),
      product('کیف پول چرم ماهور', 'کیف', 620_000, { oldPrice: 700_000n }),
      product('هدفون Sony XM5', 'هدفون', 18_500_000, { attributes: [{ name: 'warranty', values: ['۱۸ ماه'] }] }),
      product('هدفون JBL 510', 'هدفون', 2_900_000),
      product('پیراهن مردانه سپهر', 'پیراهن', 980_000),
    ],
  });
});
afterAll(() => lab.close());

let turns = 0;
/** Has the messages of a customer answered one by one; gives the answers with what they planned. */
async function talk(lines: string[], given?: Talk) {
  const customer = given ?? (await lab.talk([]));
  const { conversationId, businessId } = customer;
  const answers = [];
  for (const text of lines) {
    const of = { businessId, conversationId };
    const { id } = await lab.db.message.create({
      data: { ...of, direction: 'in', author: 'customer', text, sentAt: new Date() },
    });
    const turnId = `1.${++turns}`;
    await lab.run(
      'decideReply',
      {
        identity: { conversationId, businessId },
        turnId,
        messageIds: [id],
        optOut: false,
        supersedesTurnIds: [],
        cancelFollowUpId: null,
        runNumber: 0,
        windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
        decideOnly: true,
      },
      { deps: { orders: { limitMs: HOUR_MS } } },
    );
    const { outbound, intent, outcome } = await lab.db.decision.findUniqueOrThrow({
      where: { turnId: `${conversationId}:${turnId}` },
      include: { outbound: { orderBy: { position: 'asc' } } },
    });
    const contents = outbound.map(({ content }) => content as unknown as OutboundContent);
    const shown = contents.flatMap((content) =>
      content.kind === 'cards' ? content.cards.map((card) => card.title) : [],
    );
    const said = contents.map((content) => textOf(content)).join('\n');
    const choices = contents.flatMap((content) =>
      content.kind === 'quick_replies' ? content.quickReplies.map(({ title }) => title) : [],
    );
    await lab.db.message.create({ data: { ...of, direction: 'out', author: 'bot', text: said, sentAt: new Date() } });
    answers.push({ intent, outcome, said, shown, choices });
  }
  const last = answers.at(-1);
  if (!last) throw new Error('Nothing was asked.');
  const tickets = await lab.db.ticket.findMany({ where: { conversationId }, select: { reason: true, note: true } });
  return { ...last, answers, tickets };
}

describe('several things at once', () => {
  it('says what they cost together, each at its own price, and nothing where one is not there', async () => {
    const { said, intent } = await talk(['۲ تا کیف رها و یه پیراهن سپهر با هم چند می‌شه؟']);
    expect(intent).toBe('total');
    expect(said).toContain('۴٬۶۸۰٬۰۰۰');
    const { said: unclear } = await talk(['کیف البرز و پیراهن سپهر با هم چند می‌شه؟']);
    expect(unclear).not.toContain('جمعا');
  });

  it('shows those of a kind of which the shop says what is asked', async () => {
    const { said, shown } = await talk(['کدوم کیفتون چرمه؟']);
    expect([...shown, said].join('\n')).toContain('ماهور');
    expect([...shown, said].join('\n')).not.toContain('رها');
  });
});

describe('what was shown before', () => {
  it('is counted in the order in which it was shown, also after one of it was looked at', async () => {
    const { answers } = await talk(['هدفون چی دارید؟', 'دومی چنده؟', 'اولی گارانتی داره؟', 'اون یکی چی؟']);
    const [first, second] = answers[0]?.shown ?? [];
    expect(answers[1]?.shown).toEqual([second]);
    expect(answers[2]?.said).toContain(first);
    expect(answers[3]?.said).toContain(second);
  });

  it('is known by its price', async () => {
    const { answers } = await talk(['do you have headphones?', 'how much is the cheaper one?']);
    expect(answers[1]?.shown).toEqual(['هدفون JBL 510']);
  });

  it('is ordered by pointing at it', async () => {
    const { said, intent } = await talk(['هدفون چی دارید؟', 'ارزون‌تره رو می‌خوام']);
    expect(intent).toBe('order');
    expect(said).toContain('JBL 510');
    expect(said).not.toContain('Sony');
  });

  it('is not guessed where nothing was shown', async () => {
    const { shown, said } = await talk(['دومی چنده؟']);
    expect(shown).toEqual([]);
    expect(said).toMatch(/کدوم محصول/);
  });
});

describe('what leans on the product that is spoken of', () => {
  const coat = async () => {
    const { id: businessId } = await lab.db.business.findFirstOrThrow();
    const title = 'مانتو لینن پونه';
    const known = await lab.db.product.findFirst({ where: { title } });
    if (known) return;
    const { id: productId } = await lab.db.product.create({
      data: {
        ...{ businessId, title, source: 'manual', sourceKey: title, categories: ['مانتو'], price: 1_890_000n },
        ...{ available: true, searchText: normaliseText(`${title} کرم مشکی سبز زیتونی 40 42`) },
      },
    });
    const variant = (colour: string, size: string, available: boolean, position: number) => ({
      ...{ businessId, productId, position, available, optionsKey: `${colour} ${size}`, title: `${colour} / ${size}` },
      options: [
        { name: 'colour', value: colour },
        { name: 'size', value: size },
      ],
    });
    await lab.db.productVariant.createMany({
      data: [
        variant('کرم', '40', true, 0),
        variant('کرم', '42', false, 1),
        variant('مشکی', '42', true, 2),
        variant('سبز زیتونی', '40', false, 3),
      ],
    });
  };

  it.each([
    ['کرم سایز ۴۲ش موجوده؟', /^نه/],
    ['کرم ۴۰ چی', /^بله/],
    ['۴۲ نداره؟', /^بله/],
    ['سایز چهل دارین؟', /^بله/],
    ['سایز ۴۶ چی؟', /^نه/],
    ['is it available in olive green size 40?', /^No/],
    ['is it available in black size 42?', /^Yes/],
  ])('wants every size and colour of %j in one variant', async (line, expected) => {
    await coat();
    const { answers } = await talk(['مانتو لینن پونه چنده؟', line]);
    expect(answers[1]?.said).toMatch(expected);
  });

  it('is named in the other alphabet, and no feature of it is made up', async () => {
    await coat();
    const english = await talk(['how much is the Poone linen manto?']);
    expect(english.shown).toContain('مانتو لینن پونه');
    expect(english.said).not.toContain('not find');
    const unknown = await talk(['پونه آستر داره؟']);
    expect(unknown.said).toContain('آستر «مانتو لینن پونه» رو فروشگاه ننوشته');
    expect(unknown.tickets).toMatchObject([{ reason: 'unknown_attribute' }]);
  });

  it('is at least of the kind that was asked for, and honest about a budget', async () => {
    const { said, shown } = await talk(['هدفون زیر ۱ میلیون دارید؟']);
    expect(shown).toEqual([]);
    expect(said).toContain('«هدفون JBL 510» به قیمت ۲٬۹۰۰٬۰۰۰');
    const within = await talk(['هدفون زیر ۳ میلیون دارید؟']);
    expect(within.shown).toEqual(['هدفون JBL 510']);
  });
});

describe('customers who want something else than a fact', () => {
  it('are shown what costs less, and told where nothing does', async () => {
    const { answers } = await talk(['کیف رها چنده؟', 'ارزون‌تر نداری؟', 'از این ارزون‌تر چی؟']);
    expect(answers[1]?.shown).toEqual(['کیف پول چرم ماهور']);
    expect(answers[2]).toMatchObject({ shown: [], said: expect.stringContaining('کیف پول چرم ماهور') });
  });

  it('are asked what is to be cheaper before anything was shown', async () => {
    const { said, intent } = await talk(['anything cheaper?']);
    expect(intent).toBe('cheaper');
    expect(said).toContain('which product');
  });

  it('are shown something else of the kind and nothing twice', async () => {
    const { answers } = await talk(['کیف رها چنده؟', 'یه مدل دیگه نشونم بده']);
    expect(answers[1]?.shown).toEqual(['کیف پول چرم ماهور']);
  });

  it.each([
    ['چی دارید؟', ['کیف', 'هدفون', 'پیراهن']],
    ['What do you have?', ['کیف', 'هدفون', 'پیراهن']],
    ['لیست قیمتتون رو بفرستید', ['۶۲۰٬۰۰۰', '۲٬۹۰۰٬۰۰۰']],
  ])('are told what the shop has, and choose a kind with a tap: %s', async (line, parts) => {
    const { said, choices } = await talk([line]);
    for (const part of parts) expect(said).toContain(part);
    expect(choices).toEqual(expect.arrayContaining(['کیف', 'هدفون', 'پیراهن']));
  });

  it('see two products beside each other, with what the shop says of them alone', async () => {
    const { said } = await talk(['فرق هدفون سونی با JBL چیه؟']);
    expect(said).toContain('۱۸٬۵۰۰٬۰۰۰');
    expect(said).toContain('۲٬۹۰۰٬۰۰۰');
    expect(said).toContain('گارانتی ۱۸ ماه');
    expect(said).toContain('۱۵٬۶۰۰٬۰۰۰ تومان گرون‌تره');
  });

  it('get presents that suit whom they are for, within what they may cost', async () => {
    const { shown } = await talk(['برای تولد خانمم یه کادو می‌خوام تا ۲ میلیون']);
    expect(shown).toContain('کیف دوشی زنانه رها');
    expect(shown).not.toContain('پیراهن مردانه سپهر');
    expect(shown).not.toContain('کیف اداری مدل البرز');
  });

  it('get presents of the kind they name, whatever else they tell of the one who gets it', async () => {
    const { shown } = await talk(['واسه تولد خانمم یه کیف می‌خوام تا ۲ میلیون، خیلی اهل پیاده‌روی و سفره']);
    expect(shown).toContain('کیف دوشی زنانه رها');
    expect(shown).not.toContain('پیراهن مردانه سپهر');
    const named = await talk(['واسه تولد خانمم کیف رها چنده؟']);
    expect(named.said).toBe('کیف دوشی زنانه رها');
  });

  it('hear the price and that a person decides when they haggle', async () => {
    const { said, tickets } = await talk(['کیف رها چنده؟', 'یه تخفیف بده']);
    expect(said).toContain('۱٬۸۵۰٬۰۰۰');
    expect(tickets).toEqual([{ reason: 'request', note: expect.stringContaining('کیف دوشی زنانه رها') }]);
  });

  it('hear what a reduced product cost before', async () => {
    const { said } = await talk(['آخرش کیف ماهور رو چند میدی؟ یه تخفیف بده']);
    expect(said).toContain('۷۰۰٬۰۰۰');
  });

  it('are given to a person for large quantities, with the price of one', async () => {
    const { said, tickets } = await talk(['کیف رها چنده؟', '۳۰ تا می‌خوام عمده چند حساب می‌کنید؟']);
    expect(said).toContain('۱٬۸۵۰٬۰۰۰');
    expect(tickets).toMatchObject([{ reason: 'request' }]);
  });

  it('are told when it is back, and at once that it is there', async () => {
    const gone = await talk(['کیف البرز موجوده؟', 'موجود شد خبرم کنید']);
    expect(gone.said).toContain('کیف اداری مدل البرز');
    expect(gone.tickets).toEqual([]);
    expect(await lab.db.restockRequest.findMany({ include: { product: true } })).toMatchObject([
      { state: 'waiting', product: { title: 'کیف اداری مدل البرز' } },
    ]);
    const there = await talk(['کیف رها موجود شد خبرم کنید']);
    expect(there.shown).toEqual(['کیف دوشی زنانه رها']);
    expect(there.tickets).toEqual([]);
  });
});
