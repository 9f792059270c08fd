import { describe, expect, it } from 'vitest';
import { readFigures } from '../../../../src/analytics/figures.ts';
import { createBuiltinModel } from '../../../../src/replies/models/builtin-model.ts';
import type { ReplyAction, ReplyRequest, TranscriptLine } from '../../../../src/replies/models/model.ts';
import { createPromptStore } from '../../../../src/replies/prompts/prompts.ts';
import { buildReplyRequest } from '../../../support/reply-request.ts';

const model = createBuiltinModel(createPromptStore());
const amountsOf = (text: string) =>
  readFigures(text)
    .filter((figure) => figure.unit !== null && figure.readable)
    .map((figure) => `${figure.value * figure.factor} ${figure.unit}`);
const FAQS = [
  { question: 'هزینه ارسال چقدر است؟', answer: 'ارسال به سراسر کشور رایگان است.' },
  { question: 'What are your opening hours?', answer: 'Every day from 9 to 21.' },
];
const FACTS = ['کیف دوشی مهتاب: ۴۵۰٬۰۰۰ تومان (سایت فروشگاه)', 'Linen shirt: $45, sizes S to XL (shop page)'];
const ask = async (lines: string[], overrides: Partial<ReplyRequest> = {}) =>
  (await model.reply(buildReplyRequest(lines, { faqs: FAQS, facts: FACTS, ...overrides }))).proposal;

type Case = [text: string, intent: string, action: ReplyAction, purchaseIntent: boolean, says: RegExp];

const PERSIAN: Case[] = [
  ['سلام', 'greeting', 'reply', false, /سلام/],
  ['درود، وقت بخیر', 'greeting', 'reply', false, /سلام/],
  ['ممنون', 'thanks', 'reply', false, /خواهش|قربان/],
  ['خداحافظ', 'goodbye', 'reply', false, /خدانگهدار|روز خوبی/],
  ['باشه', 'acknowledgement', 'reply', false, /./],
  ['👍', 'acknowledgement', 'reply', false, /./],
  ['اپراتور', 'handoff', 'handoff', false, /همکارم/],
  ['می‌خوام با آدم حرف بزنم', 'handoff', 'handoff', false, /همکارم/],
  ['لطفا یک نفر زنگ بزنید', 'handoff', 'handoff', false, /همکارم/],
  ['جنس خراب فرستادید', 'complaint', 'handoff', false, /متاسفم/],
  ['سفارشم هنوز نرسیده', 'complaint', 'handoff', false, /متاسفم/],
  ['قیمت؟', 'price', 'reply', false, /کدوم محصول/],
  ['قیمت کفش رانا چنده', 'price', 'reply', false, /قیمت دقیق/],
  ['قیمت کیف مهتاب چنده؟', 'price', 'reply', false, /۴۵۰٬۰۰۰ تومان/],
  ['قیمت؟ میخوامش', 'order', 'reply', true, /محصول/],
  ['می‌خوام بخرم', 'order', 'reply', true, /محصول/],
  ['سفارش', 'order', 'reply', true, /محصول/],
  ['چجوری سفارش بدم؟', 'order', 'reply', true, /قدم به قدم/],
  ['نمی‌خوام بخرم', 'no_need', 'reply', false, /./],
  ['هزینه ارسال چقدره؟', 'shipping', 'reply', false, /رایگان/],
  ['هزینه ارسل چقدره', 'price', 'reply', false, /رایگان/],
  ['سفارشم کجاست؟', 'order_status', 'reply', false, /شماره سفارش/],
  ['نوبت برای فردا می‌خوام', 'booking', 'reply', false, /تایید/],
  ['تخفیف دارید؟', 'discount', 'reply', false, /تخفیف/],
  ['رنگ آبی موجوده؟', 'availability', 'reply', false, /موجودی/],
  ['میشه پس بدم؟', 'return', 'reply', false, /مرجوعی/],
  ['شما ربات هستید؟', 'bot_question', 'reply', false, /دستیار خودکار/],
  ['کارت به کارت میشه؟', 'payment', 'reply', false, /پرداخت/],
  ['آدرس مغازه', 'address', 'reply', false, /نشانی/],
  ['گلبرگ آفتاب', 'unknown', 'reply', false, /«گلبرگ آفتاب».*همکارم/],
  ['پرایس', 'price', 'reply', false, /کدوم محصول/],
  ['سلام عکس محصول رو بفرستید', 'picture', 'handoff', false, /عکس/],
  ['ویدیو از کارتون بفرستید', 'picture', 'handoff', false, /ویدیو/],
  ['شماره حساب بفرستید', 'payment', 'reply', false, /پرداخت/],
  ['کد رهگیری بفرستید لطفا', 'order_status', 'reply', false, /شماره سفارش/],
  ['فاکتور بفرستید', 'document', 'handoff', false, /همکارم/],
  ['چرا جواب نمی‌دید؟', 'late', 'handoff', false, /معذرت/],
  ['گارانتی داره؟', 'warranty', 'reply', false, /گارانتی/],
  ['موجود شد خبرم کنید', 'notify', 'reply', false, /همکارم/],
  ['😡', 'angry', 'handoff', false, /متاسفم/],
  ['❤️', 'loved', 'reply', false, /./],
  ['😢', 'sad', 'reply', false, /متاسفم/],
  ['[image]', 'media', 'reply', false, /نمی‌تونم ببینم/],
  ['[unsupported]', 'unsupported', 'reply', false, /^(?!.*فایل).*نمی‌تونم بخونم/],
  ['', 'empty', 'reply', false, /خالی/],
];

const ENGLISH: Case[] = [
  ['hello', 'greeting', 'reply', false, /Yas/],
  ['hi there', 'greeting', 'reply', false, /Yas/],
  ['thank you so much', 'thanks', 'reply', false, /welcome|pleasure/],
  ['bye', 'goodbye', 'reply', false, /Goodbye|nice day/],
  ['ok', 'acknowledgement', 'reply', false, /./],
  ['I want to talk to a human', 'handoff', 'handoff', false, /colleague/],
  ['operator', 'handoff', 'handoff', false, /colleague/],
  ['it arrived broken, terrible', 'complaint', 'handoff', false, /sorry/],
  ['how much?', 'price', 'reply', false, /[Ww]hich product/],
  ['how much is the leather belt?', 'price', 'reply', false, /exact/],
  ['price of the linen shirt?', 'price', 'reply', false, /\$45/],
  ['I want to buy it', 'order', 'reply', true, /[Ww]hich product|the product/],
  ['can I order two?', 'order', 'reply', true, /product/],
  ["I don't want to buy it", 'no_need', 'reply', false, /./],
  ['where is my order?', 'order_status', 'reply', false, /order number/],
  ['can I book an appointment?', 'booking', 'reply', false, /nothing is booked/],
  ['what are your opening hours?', 'hours', 'reply', false, /9 to 21/],
  // The shop answered it in its other language only.
  ['do you deliver?', 'shipping', 'reply', false, /رایگان/],
  ['any discount?', 'discount', 'reply', false, /discount/],
  ['is it in stock?', 'availability', 'reply', false, /stock/],
  ['I want a refund', 'return', 'reply', false, /return/],
  ['cancel my order', 'cancel_order', 'handoff', false, /cancellation/],
  ['are you a bot?', 'bot_question', 'reply', false, /not a person/],
  ['help', 'help', 'reply', false, /operator/],
  ['flurb the wozzle', 'unknown', 'reply', false, /“flurb the wozzle”.*colleague/],
  ['DM price plz', 'price', 'reply', false, /[Ww]hich product/],
  ['send me a photo please', 'picture', 'handoff', false, /picture/],
  ['please send an invoice', 'document', 'handoff', false, /colleague/],
  ['anyone there?', 'late', 'handoff', false, /wait/],
  ['😡😡', 'angry', 'handoff', false, /sorry/],
  ['😂', 'laughing', 'reply', false, /./],
  ['[video]', 'media', 'reply', false, /arrived/],
  ['[unsupported]', 'unsupported', 'reply', false, /^(?!.*file).*can't read/],
  ['[sticker]', 'acknowledgement', 'reply', false, /./],
  ['[text]', 'empty', 'reply', false, /empty/],
];

describe('createBuiltinModel', () => {
  describe.each([
    ['fa', PERSIAN],
    ['en', ENGLISH],
  ] as const)('in %s', (language, cases) => {
    it.each(cases)('answers %j as %s / %s', async (text, intent, action, purchaseIntent, says) => {
      const proposal = await ask([text], { language });
      expect(proposal).toMatchObject({ intent, action, purchaseIntent });
      expect(proposal.text).toMatch(says);
    });

    it('never states an amount that it was not given', async () => {
      for (const [text] of cases) {
        const reply = await ask([text], { language });
        const given = new Set([...FACTS, ...FAQS.map((faq) => faq.answer)].flatMap(amountsOf));
        expect(amountsOf(reply.text).filter((amount) => !given.has(amount))).toEqual([]);
      }
    });

    it('gives different questions different answers', async () => {
      const replies = await Promise.all(cases.map(async ([text]) => (await ask([text], { language })).text));
      expect(new Set(replies).size).toBeGreaterThan(cases.length * 0.6);
    });
  });

  it('answers a burst once, with everything that was asked', async () => {
    const { text, purchaseIntent } = await ask(['سلام', 'هزینه ارسال چقدره', 'تخفیف هم دارید؟'], { language: 'fa' });
    expect(text).toMatch(/^سلام!/);
    expect(text).toContain('رایگان');
    expect(text).toContain('تخفیف');
    expect(purchaseIntent).toBe(false);
  });

  it.each([
    ['fa', 'کاغذ دیواری نصب می‌کنید یا نه؟', /«کاغذ دیواری نصب می‌کنید یا نه».*نمی‌خوام حدس بزنم.*همکارم/s],
    ['en', 'do you run pottery classes?', /“do you run pottery classes”.*(?:rather not guess).*colleague/],
    ['en', 'see https://evil.test/x, is it yours?', /^(?!.*evil).*colleague/],
    ['fa', 'شماره ۰۹۱۲۱۲۳۴۵۶۷ مال شماست؟', /^(?!.*۰۹۱۲).*همکارم/],
  ] as const)('in %s says of %j that it is not known, and asks a person', async (language, line, says) => {
    const proposal = await ask([line], { language, facts: [] });
    expect(proposal).toMatchObject({ intent: 'unknown', action: 'reply' });
    expect(proposal.text).toMatch(says);
  });

  const TIMES = [
    { weekday: 4, from: '10:00', to: '21:00' },
    { weekday: 5, from: '16:00', to: '22:00' },
  ];
  it.each([
    ['fa', 'جمعه تا چند هستین؟', 'جمعه از ۱۶ تا ۲۲ باز هستیم.'],
    ['fa', 'امروز بازین؟', 'پنجشنبه از ۱۰ تا ۲۱ باز هستیم.'],
    ['en', 'what time do you close on friday?', 'On Friday we are open from 16 to 22.'],
    ['en', 'are you open on saturday?', 'We are closed on Saturday.'],
  ] as const)('in %s answers %j from the hours of that day', async (language, line, says) => {
    const { text } = await ask([line], { language, hours: { times: TIMES, today: 4 } });
    expect(text).toBe(says);
    expect((await ask([line], { language, faqs: [], facts: [] })).text).not.toBe(says);
  });

  it('goes on with another day, and takes no day for a question of hours where none was asked', async () => {
    const hours = { times: TIMES, today: 4 };
    const transcript: TranscriptLine[] = [
      { author: 'customer', text: 'پنجشنبه تا چند هستین؟' },
      { author: 'shop', text: 'پنجشنبه از ۱۰ تا ۲۱ باز هستیم.' },
      { author: 'customer', text: 'جمعه چی؟' },
    ];
    expect((await ask([], { transcript, language: 'fa', hours })).text).toBe('جمعه از ۱۶ تا ۲۲ باز هستیم.');
    expect((await ask(['جمعه چی؟'], { language: 'fa', hours })).text).not.toContain('۱۶');
  });

  it('answers each of the shop’s questions that a line asks', async () => {
    const faqs = [...FAQS, { question: 'Where are you?', answer: 'Shop 14, Rose Street.' }];
    const { text } = await ask(['when do you open and where exactly are you?'], { faqs });
    expect(text.split('\n').sort()).toEqual(['Every day from 9 to 21.', 'Shop 14, Rose Street.']);
    expect((await ask(['where exactly are you?'], { faqs })).text).toBe('Shop 14, Rose Street.');
  });

  it('answers a question of terms that speaks of a cancellation, and hands a cancellation over', async () => {
    const faqs = [{ question: 'بیعانه برمی‌گرده؟', answer: 'تا ۲۴ ساعت قبل برمی‌گرده.' }];
    const asked = await ask(['مراسم کنسل شد، بیعانه‌م برمی‌گرده؟'], { faqs, language: 'fa' });
    expect(asked).toMatchObject({ action: 'reply', text: 'تا ۲۴ ساعت قبل برمی‌گرده.' });
    expect(await ask(['سفارشم رو کنسل کنید'], { faqs, language: 'fa' })).toMatchObject({ action: 'handoff' });
  });

  it('answers only what came after the shop spoke', async () => {
    const transcript: TranscriptLine[] = [
      { author: 'customer', text: 'operator' },
      { author: 'shop', text: 'Sure.' },
      { author: 'customer', text: 'hello' },
    ];
    expect(await ask([], { transcript })).toMatchObject({ intent: 'greeting', action: 'reply' });
  });

  it('takes unknown words after a price question for the details', async () => {
    const transcript: TranscriptLine[] = [
      { author: 'customer', text: 'how much?' },
      { author: 'shop', text: 'Which product?' },
      { author: 'customer', text: 'the zorbix deluxe' },
    ];
    expect((await ask([], { transcript })).text).toMatch(/noted|details/);
    expect((await ask(['the zorbix deluxe'])).text).not.toMatch(/noted|for the details/);
  });

  it('does not say the same words twice in a row when it has others', async () => {
    const first = (await ask(['flurb'])).text;
    const transcript: TranscriptLine[] = [
      { author: 'customer', text: 'flurb' },
      { author: 'shop', text: first },
      { author: 'customer', text: 'flurb' },
    ];
    expect((await ask([], { transcript })).text).not.toBe(first);
  });

  it.each(['fa', 'en'] as const)(
    'asks again in other words, or calls a person, for a bare question mark in %s',
    async (language) => {
      const first = (await ask(['DM price plz'], { language })).text;
      const transcript: TranscriptLine[] = [
        { author: 'customer', text: 'DM price plz' },
        { author: 'shop', text: first },
        { author: 'customer', text: '؟' },
      ];
      const again = await ask([], { transcript, language });
      expect(again).toMatchObject({ intent: 'price', action: 'reply' });
      expect(again.text).not.toBe(first);
      const card = transcript.with(1, { author: 'shop', text: 'Bag: $45' });
      expect(await ask([], { transcript: card, language })).toMatchObject({ intent: 'waiting', action: 'handoff' });
    },
  );

  it('lets the shop’s own words answer what else only a person could', async () => {
    const faqs = [{ question: 'کاتالوگ دارید؟', answer: 'کاتالوگ در سایت ماست.' }];
    const proposal = await ask(['کاتالوگ بفرستید'], { language: 'fa', faqs });
    expect(proposal).toMatchObject({ action: 'reply', text: 'کاتالوگ در سایت ماست.' });
  });

  it('does not answer with delivery times what is to be shown or told', async () => {
    const faqs = [{ question: 'چند روزه می‌فرستید؟', answer: 'سه روز کاری.' }];
    const lines = [
      'عکس واقعی کیف دوشی رو می‌فرستید؟',
      'ویدیو بفرستید',
      'شماره حساب بفرستید',
      'کد رهگیری بفرستید لطفا',
      'فاکتور بفرستید',
    ];
    for (const line of lines) expect((await ask([line], { language: 'fa', faqs })).text, line).not.toContain('سه روز');
    expect((await ask(['به شیراز می‌فرستید؟'], { language: 'fa', faqs })).text).toContain('سه روز');
  });

  it('tells the opening hours of the settings', async () => {
    const facts = ['ساعت کاری: شنبه از ۱۰ تا ۱۸، یکشنبه تعطیل'];
    expect((await ask(['تا چه ساعتی باز هستید؟'], { language: 'fa', faqs: [], facts })).text).toContain('از ۱۰ تا ۱۸');
    expect((await ask(['ارسال دارید؟'], { language: 'fa', faqs: [], facts })).text).not.toContain('از ۱۰ تا ۱۸');
  });

  it('always gives the same request the same reply', async () => {
    expect(await ask(['سلام قیمت؟'], { language: 'fa' })).toEqual(await ask(['سلام قیمت؟'], { language: 'fa' }));
  });

  it('keeps to the length of the channel, also with long answers of the shop', async () => {
    const result = await model.reply(
      buildReplyRequest(['opening hours?'], {
        faqs: [{ question: 'opening hours', answer: 'We are open. '.repeat(100) }],
        maxReplyBytes: 100,
      }),
    );
    expect(Buffer.byteLength(result.proposal.text)).toBeLessThanOrEqual(100);
    expect(result.checks).toContainEqual({ name: 'length', passed: false });
  });

  it('has a name for a shop without one', async () => {
    expect((await ask(['hello'], { businessName: ' ' })).text).toContain('our shop');
  });

  it('names its prompt and costs nothing', async () => {
    const result = await model.reply(buildReplyRequest());
    expect(result).toMatchObject({ promptName: 'builtin', promptVersion: 'v7', replaced: false });
    expect(result.usage).toMatchObject([{ provider: 'builtin', costMicros: 0, inputTokens: 0 }]);
  });

  it('survives text of any kind', async () => {
    for (const text of ['x'.repeat(20_000), '\u0000', '\ud800', '{{businessName}}', '<script>', ' \u200c ']) {
      expect((await ask([text])).text).not.toBe('');
    }
  });
});
