import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceOrder,
  MAX_MISSES,
  type OrderForm,
  type OrderInput,
  type OrderProduct,
  type OrderStep,
} from '../../../src/orders/order-form.ts';

const BAG: OrderProduct = {
  id: 'bag',
  title: 'کیف چرمی قرمز',
  url: 'https://shop.test/bag',
  price: { amount: 450_000n, currency: 'IRT' },
  available: true,
};
const SHOE: OrderProduct = { ...BAG, id: 'shoe', title: 'کفش کتان', price: { amount: 900_000n, currency: 'IRT' } };

const ask = (text: string, changes: Partial<OrderInput> = {}): OrderStep =>
  advanceOrder({ form: null, text, found: [], known: [BAG, SHOE], language: 'fa', country: 'IR', ...changes });

/** Plays a whole conversation and gives the last step. */
function play(lines: string[], changes: Partial<OrderInput> = {}): OrderStep {
  let form: OrderForm | null = null;
  let step: OrderStep = { kind: 'none' };
  for (const [index, text] of lines.entries()) {
    step = ask(text, { form, found: index === 0 ? [BAG] : [], ...changes });
    if (step.kind === 'none') return step;
    form = step.form;
  }
  return step;
}

const FILLED = ['کیف چرمی قرمز می‌خوام', '۲ تا', 'علی رضایی', '۰۹۱۲۳۴۵۶۷۸۹', 'تهران، خیابان ولیعصر، پلاک ۱۲'];

describe('advanceOrder', () => {
  it('asks for one thing after the other and shows the price before it places the order', () => {
    const asked = FILLED.map((_, index) => play(FILLED.slice(0, index + 1)));
    expect(asked.map((step) => step.kind === 'ask' && step.form.asked)).toEqual([
      'quantity',
      'name',
      'phone',
      'address',
      'confirm',
    ]);
    const summary = asked.at(-1) as Extract<OrderStep, { kind: 'ask' }>;
    expect(summary.reply).toContain('۹۰۰٬۰۰۰ تومان');
    expect(summary.reply).toContain('علی رضایی');
    expect(play([...FILLED, 'بله'])).toMatchObject({
      kind: 'placed',
      lines: [{ quantity: 2, product: { id: 'bag' } }],
      form: { phone: '+989123456789', address: 'تهران، خیابان ولیعصر، پلاک ۱۲' },
    });
  });

  it('does the same in English', () => {
    const lines = [
      'I want to buy 3 red bags',
      'My name is Sara Smith',
      '+44 20 7946 0958',
      '12 High Street, London',
      'Yes',
    ];
    expect(play(lines, { language: 'en', country: null })).toMatchObject({
      kind: 'placed',
      lines: [{ quantity: 3 }],
      form: { name: 'Sara Smith', phone: '+442079460958' },
    });
  });

  it('leaves everything alone that is no order, or names nothing that is sold', () => {
    expect(ask('سلام، ساعت کاری‌تون چیه؟', { found: [BAG] }).kind).toBe('none');
    expect(ask('می‌خوام یه هواپیما بخرم').kind).toBe('none');
  });

  it('lets the customer choose by number or by name when several are meant', () => {
    const offered = ask('می‌خوام سفارش بدم', { found: [BAG, SHOE] }) as Extract<OrderStep, { kind: 'ask' }>;
    expect(offered.reply).toContain('۲. کفش کتان');
    expect(ask('۲', { form: offered.form })).toMatchObject({ form: { productId: 'shoe', asked: 'quantity' } });
    expect(ask('دومی', { form: offered.form })).toMatchObject({ form: { productId: 'shoe' } });
    expect(ask('کیف چرمی', { form: offered.form, found: [BAG] })).toMatchObject({ form: { productId: 'bag' } });
    expect(ask('۷', { form: offered.form })).toMatchObject({ form: { productId: null, misses: 1 } });
  });

  it.each([
    ['نه، ۳ تا', { quantity: 3, asked: 'confirm' }],
    ['make it 4', { quantity: 4, asked: 'confirm' }],
    ['change address', { address: null, asked: 'address' }],
    ['آدرسم رو عوض کن: شیراز، خیابان زند، پلاک ۵', { address: 'شیراز، خیابان زند، پلاک ۵', asked: 'confirm' }],
    ['شماره‌ام اشتباهه', { phone: null, asked: 'phone' }],
    ['نه شماره درست اینه 09351112233', { phone: '+989351112233', asked: 'confirm' }],
  ])('takes the correction «%s»', (text, form) => {
    expect(play([...FILLED, text])).toMatchObject({ kind: 'ask', form });
  });

  it('asks what to change after a no, and changes just that', () => {
    expect(play([...FILLED, 'نه'])).toMatchObject({ form: { asked: 'change' } });
    expect(play([...FILLED, 'نه', 'نام'])).toMatchObject({ form: { asked: 'name', quantity: 2 } });
    expect(play([...FILLED, 'نه', 'نام', 'مریم'])).toMatchObject({ form: { asked: 'confirm', name: 'مریم' } });
  });

  it.each(['هزینه ارسال چنده؟', 'how long does delivery take?', 'می‌خوام با اپراتور صحبت کنم'])(
    'lets others answer «%s» and keeps the form',
    (text) => {
      const step = play([...FILLED.slice(0, 3), text]);
      expect(step).toMatchObject({ kind: 'aside', form: { asked: 'phone', quantity: 2, name: 'علی رضایی' } });
      expect((step as { reminder: string }).reminder).toContain('شماره');
    },
  );

  it.each(['بی‌خیال', 'بیخیال شو', 'کنسل کن', 'منصرف شدم', 'cancel', 'never mind', 'نمی‌خوام'])(
    'ends at «%s»',
    (text) => {
      expect(play([...FILLED.slice(0, 4), text])).toMatchObject({ kind: 'cancelled', reason: 'customer' });
    },
  );

  it.each([
    ['09123456789', '+989123456789'],
    ['۰۹۱۲ ۳۴۵ ۶۷۸۹', '+989123456789'],
    ['٠٩١٢٣٤٥٦٧٨٩', '+989123456789'],
    ['+98 912 345 6789', '+989123456789'],
    ['00989123456789', '+989123456789'],
    ['989123456789', '+989123456789'],
    ['9123456789', '+989123456789'],
    ['شماره‌ام ۰۹۱۲-۳۴۵-۶۷۸۹ هست', '+989123456789'],
    ['021 8888 1234', '+982188881234'],
    ['+1 415 555 2671', '+14155552671'],
  ])('reads the phone number %s', (text, phone) => {
    expect(play([...FILLED.slice(0, 3), text])).toMatchObject({ form: { phone, asked: 'address' } });
  });

  it.each(['0912345', '۱۲۳۴', 'ندارم', '0000000000'])('refuses %s as a phone number', (text) => {
    expect(play([...FILLED.slice(0, 3), text])).toMatchObject({ kind: 'ask', form: { phone: null, asked: 'phone' } });
  });

  it('takes everything from one message', () => {
    const all = 'نام: مریم احمدی\nتلفن: 09121112233\nآدرس: مشهد، بلوار سجاد، پلاک ۸';
    expect(play([FILLED[0] as string, '۱', all])).toMatchObject({
      form: { asked: 'confirm', name: 'مریم احمدی', phone: '+989121112233', address: 'مشهد، بلوار سجاد، پلاک ۸' },
    });
  });

  it.each([
    'لغو کنید لطفا',
    'نه لغو شه',
    'لغوش کنید',
    'کنسله',
    'سفارش رو لغو کنید',
    'nemikham',
    'sefaresham ro laghv konid',
  ])('is given up at the summary by “%s”, so that a yes after it places nothing', (text) => {
    const step = play([...FILLED, text]);
    expect(step).toMatchObject({ kind: 'cancelled', reason: 'customer' });
    expect(ask('بله', { form: null }).kind).toBe('none');
  });

  it('goes on where what was chosen is given up for something else of it', () => {
    const anew = play([...FILLED.slice(0, 3), 'نه پشیمون شدم ۳ تا باشه']);
    expect(anew).toMatchObject({ kind: 'ask', form: { quantity: 3, productId: 'bag' } });
    expect(play([...FILLED.slice(0, 3), 'نه پشیمون شدم']).kind).toBe('cancelled');
  });

  it.each(['لغو نکنید', 'منصرف نشدم', 'می‌تونم بعدا لغو کنم؟', "please don't cancel it"])(
    'is not given up by “%s”',
    (text) => {
      expect(play([...FILLED, text]).kind).not.toBe('cancelled');
    },
  );

  it.each(['آره ثبت کنید ممنون', 'bale sabt konid', 'بله ثبتش کنید لطفا', 'yes sure'])(
    'takes “%s” for a yes',
    (text) => {
      expect(play([...FILLED, text]).kind).toBe('placed');
    },
  );

  it.each(['ثبت نکنید', 'کنید', 'are you ok?', 'ثبت شه؟', 'بله ولی آدرسم شیراز است'])(
    'does not take “%s” for a yes',
    (text) => {
      expect(play([...FILLED, text]).kind).not.toBe('placed');
    },
  );

  it.each([
    [
      'من مریم کریمی هستم شماره‌ام 09121112233 آدرس تهران خیابان آزادی پلاک ۴',
      'مریم کریمی',
      'تهران خیابان آزادی پلاک 4',
    ],
    ['حسین احمدی ۰۹۱۲۱۱۱۲۲۳۳ تبریز خیابان امام پلاک ۷', 'حسین احمدی', 'تبریز خیابان امام پلاک 7'],
    ['esmam Neda Karimi ast 09121112233', 'Neda Karimi', null],
  ])('takes name, phone and place from “%s”', (text, name, address) => {
    expect(play([...FILLED.slice(0, 2), text])).toMatchObject({ form: { name, phone: '+989121112233', address } });
  });

  it.each(['no, my phone is +98 912 111 2233', 'na avazesh kon', 'همون آدرس قبلی'])(
    'does not take “%s” for a place',
    (text) => {
      expect(play([...FILLED.slice(0, 4), text])).toMatchObject({
        kind: 'ask',
        form: { asked: 'address', address: null },
      });
    },
  );

  it.each(['09121112233 ممنون از شما', '۰۹۱۲۱۱۱۲۲۳۳ لطفا زود بفرستید', '09121112233 thank you very much'])(
    'takes only the phone from “%s”',
    (text) => {
      const form = { phone: '+989121112233', address: null, asked: 'address' };
      expect(play([...FILLED.slice(0, 3), text])).toMatchObject({ form });
    },
  );

  it('takes a name that stands behind the phone for no place', () => {
    expect(play([...FILLED.slice(0, 2), '09121112233 مریم احمدی'])).toMatchObject({ form: { address: null } });
  });

  it.each(['یدونه', 'بعدا میگم'])('does not take “%s” for a name', (text) => {
    expect(play([...FILLED.slice(0, 2), text])).toMatchObject({ form: { name: null } });
  });

  it('shows a price that has changed since the summary instead of placing the order', () => {
    const form = (play(FILLED) as { form: OrderForm }).form;
    const dearer = { ...BAG, price: { amount: 500_000n, currency: 'IRT' as const } };
    const again = ask('بله', { form, known: [dearer] }) as Extract<OrderStep, { kind: 'ask' }>;
    expect(again.reply).toContain('۱٬۰۰۰٬۰۰۰ تومان');
    expect(ask('بله', { form: again.form, known: [dearer] }).kind).toBe('placed');
  });

  it('does not sell what is sold out or gone by now', () => {
    const form = (play(FILLED) as { form: OrderForm }).form;
    expect(ask('بله', { form, known: [{ ...BAG, available: false }] })).toMatchObject({ reason: 'sold_out' });
    expect(ask('بله', { form, known: [] })).toMatchObject({ reason: 'gone' });
    expect(ask('کیف می‌خوام', { found: [{ ...BAG, available: false }] })).toMatchObject({ reason: 'sold_out' });
  });

  it('hands over to a person when it does not get on', () => {
    const lines = [...FILLED.slice(0, 3), ...Array.from({ length: MAX_MISSES }, () => 'هممم')];
    expect(play(lines)).toMatchObject({ kind: 'problem' });
    expect(play(lines.slice(0, -1))).toMatchObject({ kind: 'ask' });
  });

  it('never places an order that lacks something or has an impossible quantity, whatever is written', () => {
    const words = fc.oneof(
      fc.constantFrom(...FILLED, 'بله', 'نه', '۲', 'نام', '۹۹۹', 'change phone', '؟'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (lines) => {
        const step = play([FILLED[0] as string, ...lines]);
        if (step.kind !== 'placed') return;
        expect(step.lines).toHaveLength(1);
        expect(step.lines[0]?.quantity).toBeGreaterThanOrEqual(1);
        expect(step.lines[0]?.quantity).toBeLessThanOrEqual(100);
        expect(step.form.phone).toMatch(/^\+\d{8,15}$/);
        expect(step.form.name?.length).toBeGreaterThan(1);
        expect(step.form.address?.length).toBeGreaterThan(5);
        expect(step.form.shownPrice).toEqual({ amount: '450000', currency: 'IRT' });
      }),
      { numRuns: 300 },
    );
  });
});

describe('advanceOrder with sizes and colours', () => {
  const kind = (colour: string, size: string, amount: bigint | null, available: boolean) => ({
    id: `${colour}-${size}`,
    title: `${colour} / ${size}`,
    options: [
      { name: 'colour', value: colour },
      { name: 'size', value: size },
    ],
    price: amount === null ? null : { amount, currency: 'IRT' as const },
    available,
  });
  const BOOT: OrderProduct = {
    ...BAG,
    id: 'boot',
    title: 'نیم‌بوت سبلان',
    variants: [
      kind('مشکی', '۴۲', null, true),
      kind('مشکی', '۴۴', 500_000n, true),
      kind('عسلی', '۴۲', null, true),
      kind('عسلی', '۴۴', null, false),
    ],
  };
  const MANTLE: OrderProduct = {
    ...BAG,
    id: 'mantle',
    title: 'مانتو نازگل',
    attributes: [{ name: 'size', values: ['۳۸', '۴۰'] }],
  };
  const known = [BAG, SHOE, BOOT, MANTLE];
  const PERSON = ['علی رضایی', '۰۹۱۲۳۴۵۶۷۸۹', 'تهران، خیابان سبز، پلاک ۱۲'];
  const order = (lines: string[], found = [BOOT]) => play(lines, { known, found });
  const asked = (step: OrderStep) => (step.kind === 'ask' ? step.form.asked : step.kind);
  const replyOf = (step: OrderStep) => ('reply' in step ? step.reply : '');

  it('asks for the colour, then for the sizes that there are of it', () => {
    const first = order(['نیم‌بوت سبلان می‌خوام']);
    expect([asked(first), replyOf(first)]).toEqual(['options', 'نیم‌بوت سبلان\nکدام رنگ را می‌خواهید؟ مشکی، عسلی']);
    const second = order(['نیم‌بوت سبلان می‌خوام', 'مشکی']);
    expect(replyOf(second)).toContain('کدام سایز را می‌خواهید؟ ۴۲، ۴۴');
    expect(asked(order(['نیم‌بوت سبلان می‌خوام', 'مشکی', '۴۴']))).toBe('quantity');
    // Of this colour only one size is there.
    expect(asked(order(['نیم‌بوت سبلان می‌خوام', 'عسلی']))).toBe('quantity');
  });

  it('takes them from the words of the wish, and keeps them in the lines, at their price', () => {
    const lines = ['نیم‌بوت سبلان مشکی سایز ۴۴ می‌خوام', '۲ تا', ...PERSON];
    const summary = replyOf(order(lines));
    expect(summary).toContain('نیم‌بوت سبلان (مشکی، ۴۴)، ۲ عدد');
    expect(summary).toContain('۱٬۰۰۰٬۰۰۰ تومان');
    const placed = order([...lines, 'بله']);
    expect(placed).toMatchObject({
      kind: 'placed',
      lines: [
        {
          quantity: 2,
          product: { id: 'boot', variantId: 'مشکی-۴۴', price: { amount: 500_000n } },
          options: [
            { name: 'colour', value: 'مشکی' },
            { name: 'size', value: '۴۴' },
          ],
        },
      ],
      form: { address: 'تهران، خیابان سبز، پلاک ۱۲' },
    });
  });

  it('asks for the size of what only lists its sizes', () => {
    const step = order(['مانتو نازگل می‌خوام'], [MANTLE]);
    expect([asked(step), replyOf(step)]).toEqual(['options', 'مانتو نازگل\nکدام سایز را می‌خواهید؟ ۳۸، ۴۰']);
    expect(asked(order(['مانتو نازگل می‌خوام', '۴۰'], [MANTLE]))).toBe('quantity');
  });

  it('says what there is not, and asks again', () => {
    const gone = order(['نیم‌بوت سبلان می‌خوام', 'سایز ۴۶']);
    expect([asked(gone), replyOf(gone)]).toEqual([
      'options',
      'متأسفانه سایز ۴۶ را نداریم.\nنیم‌بوت سبلان\nکدام رنگ را می‌خواهید؟ مشکی، عسلی',
    ]);
    const unread = order(['نیم‌بوت سبلان می‌خوام', 'همون خوشگله']);
    expect(asked(unread)).toBe('options');
    expect(replyOf(unread)).toContain('متوجه نشدم');
  });

  it('changes them at any moment, also at the summary, and never by a word of an address', () => {
    const lines = ['نیم‌بوت سبلان مشکی سایز ۴۴ می‌خوام', '۱ عدد', ...PERSON];
    expect(replyOf(order([...lines, 'رنگش عسلی باشه، سایز ۴۲']))).toContain('(عسلی، ۴۲)');
    expect(replyOf(order([...lines, 'سایزش رو عوض کن ۴۲']))).toContain('(مشکی، ۴۲)');
    const address = order([...lines.slice(0, 4), 'تهران، خیابان عسلی، پلاک ۴۲']);
    expect(replyOf(address)).toContain('(مشکی، ۴۴)');
  });

  it('keeps two sizes of one product as two lines', () => {
    const lines = ['نیم‌بوت سبلان مشکی سایز ۴۴ می‌خوام', '۱ عدد', ...PERSON];
    const form = (order(lines) as Extract<OrderStep, { kind: 'ask' }>).form;
    const more = ask('یه نیم‌بوت سبلان مشکی سایز ۴۲ هم می‌خوام', { form, known, found: [BOOT] });
    expect(replyOf(more)).toContain('(مشکی، ۴۴)');
    expect(replyOf(more)).toContain('(مشکی، ۴۲)');
  });

  it('does not place what was sold out meanwhile', () => {
    const lines = ['نیم‌بوت سبلان مشکی سایز ۴۴ می‌خوام', '۱ عدد', ...PERSON];
    const form = (order(lines) as Extract<OrderStep, { kind: 'ask' }>).form;
    const variants = (BOOT.variants ?? []).map((one) => ({
      ...one,
      available: one.id === 'مشکی-۴۴' ? false : one.available,
    }));
    const step = ask('بله', { form, known: [{ ...BOOT, variants }] });
    expect(step.kind).toBe('cancelled');
    expect(replyOf(step)).toContain('(مشکی، ۴۴)» الان موجود نیست');
  });
});
