import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CURRENCY_CODES,
  type Currency,
  compareMoney,
  convertMoney,
  currencyNamed,
  decimalOf,
  formatMoney,
  parsePrice,
} from '../../../src/text/money.ts';

function read(text: string | number, fallback: Currency | null = null): string {
  const parsed = parsePrice(text, fallback);
  return parsed.ok ? `${parsed.money.amount} ${parsed.money.currency}` : parsed.fault;
}

const anyMoney = fc.record({
  amount: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  currency: fc.constantFrom(...CURRENCY_CODES),
});

describe('parsePrice', () => {
  it.each([
    ['۴۵۰/۰۰۰', 450_000n],
    ['1/250/000 تومان', 1_250_000n],
    ['۵۵۰,۰۰۰ ت', 550_000n],
    ['۵۵۰٬۰۰۰ت', 550_000n],
  ])('reads %s, as Iranian shops write it', (text, amount) => {
    expect(parsePrice(text, 'IRT')).toEqual({ ok: true, money: { amount, currency: 'IRT' } });
  });

  it.each(['50/60', '1404/05/01', '450/000/5', '1/250 میلیون', '120/000 $'])(
    'refuses %s, which may be two numbers',
    (text) => {
      expect(parsePrice(text, 'IRT')).toEqual({ ok: false, fault: 'several_prices' });
    },
  );

  it.each([
    ['۱٬۲۳۴٬۰۰۰ تومان', null, '1234000 IRT'],
    ['١٢٣٤٠٠٠ ریال', null, '1234000 IRR'],
    ['12 500 ریال', null, '12500 IRR'],
    ['﷼ 1,000', null, '1000 IRR'],
    ['قیمت: 250,000 تومان', null, '250000 IRT'],
    ['۱۲۰ هزار تومان', null, '120000 IRT'],
    ['۱٫۵ میلیون تومان', null, '1500000 IRT'],
    ['1,234.50', 'USD', '123450 USD'],
    ['1.234,50 €', null, '123450 EUR'],
    ['$12.50', null, '1250 USD'],
    ['1.234.000', 'IRT', '1234000 IRT'],
    ['1234000.00', 'IRR', '1234000 IRR'],
    ['345', 'LBP', '345 LBP'],
    [12.5, 'USD', '1250 USD'],
    [0, 'IRT', '0 IRT'],
  ] as const)('reads %j with the fallback %j', (text, fallback, expected) => {
    expect(read(text, fallback)).toBe(expected);
  });

  it('lets a named currency win over the fallback, so that rials are never taken for tomans', () => {
    expect(read('1000 ریال', 'IRT')).toBe('1000 IRR');
    expect(read('1000 تومان', 'IRR')).toBe('1000 IRT');
  });

  it.each([
    ['', 'empty'],
    ['تماس بگیرید', 'not_a_price'],
    ['NaN', 'not_a_price'],
    ['1,23,456', 'not_a_price'],
    ['10 20', 'several_prices'],
    ['100 تا 200 تومان', 'several_prices'],
    ['10-20', 'several_prices'],
    ['-5', 'negative'],
    [-5, 'negative'],
    ['12.50', 'fraction'],
    ['1234 XYZ', 'unknown_currency'],
    ['9'.repeat(30), 'too_large'],
    [Number.NaN, 'not_a_price'],
    [Number.POSITIVE_INFINITY, 'not_a_price'],
    [1e300, 'too_large'],
  ] as const)('refuses %j as %s', (text, fault) => {
    expect(read(text, 'IRT')).toBe(fault);
  });

  it('refuses a bare number without a fallback, and one that could be thousands or decimals', () => {
    expect(read('1000')).toBe('unknown_currency');
    expect(read('1.234', 'USD')).toBe('ambiguous');
    expect(read('1.234', 'IRT')).toBe('1234 IRT');
  });

  it('reads back whatever it writes, in both languages', () => {
    fc.assert(
      fc.property(anyMoney, fc.constantFrom('fa' as const, 'en' as const), (money, language) => {
        expect(read(formatMoney(money, language))).toBe(`${money.amount} ${money.currency}`);
      }),
    );
  });

  it('never throws and never gives a negative amount', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double()), (given) => {
        const parsed = parsePrice(given, 'IRT');
        if (parsed.ok) expect(parsed.money.amount >= 0n).toBe(true);
      }),
    );
  });
});

describe('convertMoney', () => {
  it('turns tomans into ten times as many rials and back, without loss', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (amount) => {
        const rials = convertMoney({ amount, currency: 'IRT' }, 'IRR');
        expect(rials).toEqual({ amount: amount * 10n, currency: 'IRR' });
        expect(rials && convertMoney(rials, 'IRT')).toEqual({ amount, currency: 'IRT' });
      }),
    );
  });

  it('gives nothing for rials that are no whole tomans, nor between unrelated currencies', () => {
    expect(convertMoney({ amount: 15n, currency: 'IRR' }, 'IRT')).toBeNull();
    expect(convertMoney({ amount: 15n, currency: 'USD' }, 'IRT')).toBeNull();
  });
});

describe('compareMoney', () => {
  it('compares tomans with rials by what they are worth', () => {
    expect(compareMoney({ amount: 100n, currency: 'IRT' }, { amount: 1000n, currency: 'IRR' })).toBe(0);
    expect(compareMoney({ amount: 100n, currency: 'IRT' }, { amount: 999n, currency: 'IRR' })).toBe(1);
  });

  it('does not compare dollars with tomans', () => {
    expect(compareMoney({ amount: 1n, currency: 'USD' }, { amount: 1n, currency: 'IRT' })).toBeNull();
  });
});

describe('formatMoney', () => {
  it('writes as customers read', () => {
    expect(formatMoney({ amount: 1234000n, currency: 'IRT' }, 'fa')).toBe('۱٬۲۳۴٬۰۰۰ تومان');
    expect(formatMoney({ amount: 1234000n, currency: 'IRT' }, 'en')).toBe('1,234,000 Toman');
    expect(formatMoney({ amount: 1250n, currency: 'USD' }, 'en')).toBe('$12.50');
  });

  it('keeps the last cent of an amount that no number holds', () => {
    expect(formatMoney({ amount: 999999999999999n, currency: 'USD' }, 'en')).toBe('$9,999,999,999,999.99');
    expect(decimalOf({ amount: 5n, currency: 'USD' })).toBe('0.05');
  });
});

describe('currencyNamed', () => {
  it('knows words and codes of both languages and nothing else', () => {
    expect(['تومن', 'ريال', 'irt', 'USD', '€'].map(currencyNamed)).toEqual(['IRT', 'IRR', 'IRT', 'USD', 'EUR']);
    expect(currencyNamed('سکه')).toBeNull();
  });
});
