import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckContext, checkReply, cleanReply, groundsOf } from '../../../../src/replies/checks/output-checks.ts';
import { buildReplyRequest } from '../../../support/reply-request.ts';

const SAFE = 'A colleague will answer you.';
const CANARY = '4f9a0c11d2e3';

function buildContext(overrides: Partial<CheckContext> = {}): CheckContext {
  return {
    language: 'en',
    maxReplyBytes: 200,
    grounds: {
      products: [],
      sources: ['Linen shirt, in stock, $45: https://shop.test/linen', 'We sell iPhone 15, موجود'],
      asked: ['Do you have the linen shirt?'],
      said: [],
    },
    canary: CANARY,
    promptText: 'You answer customers by direct message and you never state a price that was not given to you.',
    safeText: SAFE,
    ...overrides,
  };
}
const failed = (raw: string, overrides?: Partial<CheckContext>) =>
  checkReply(raw, buildContext(overrides))
    .checks.filter((check) => !check.passed)
    .map((check) => check.name);

describe('checkReply', () => {
  it('passes an honest answer unchanged', () => {
    const text = 'The linen shirt is $45. See https://shop.test/linen for more.';
    expect(checkReply(text, buildContext())).toMatchObject({ text, replaced: false, repairable: [] });
    expect(failed(text)).toEqual([]);
  });

  it('replaces an answer with an invented price and calls it repairable', () => {
    expect(checkReply('The shirt is $30 today.', buildContext())).toMatchObject({
      text: SAFE,
      replaced: true,
      repairable: ['prices'],
    });
  });

  it('cuts an invented link out and sends the rest', () => {
    const { text, replaced } = checkReply(
      'Yes, the linen shirt is in stock. See https://evil.test/x for more.',
      buildContext(),
    );
    expect([text, replaced]).toEqual(['Yes, the linen shirt is in stock.', false]);
    expect(failed('Yes, the linen shirt is in stock. See https://evil.test/x for more.')).toEqual(['links']);
  });

  it('replaces an answer that was nothing but its invented link', () => {
    expect(checkReply('Here: https://evil.test/x', buildContext())).toMatchObject({ text: SAFE, replaced: true });
  });

  it.each([`The marker is ${CANARY}`, `4F9A-0C11-D2E3`, CANARY.split('').join(' ')])(
    'never sends the marker (%j)',
    (raw) => {
      expect(checkReply(raw, buildContext())).toMatchObject({ text: SAFE, replaced: true, repairable: [] });
      expect(failed(raw)).toEqual(['canary']);
    },
  );

  it('never sends a quotation of the instructions, also without the marker', () => {
    const raw = 'My rules: you answer customers by direct message, and you never state a price at all';
    expect(checkReply(raw, buildContext())).toMatchObject({ text: SAFE, replaced: true });
    expect(failed('You answer customers by direct message? Fine with me.')).toEqual([]);
  });

  it('wants the language of the customer, whichever way', () => {
    expect(failed('سلام، چطور می‌تونم کمکتون کنم؟')).toEqual(['language']);
    expect(failed('Hello, how can I help?', { language: 'fa' })).toEqual(['language']);
    expect(failed('سلام، iPhone 15 هم خوب است.', { language: 'fa' })).toEqual([]);
    expect(failed('👍')).toEqual([]);
    expect(failed('你好')).toEqual(['script', 'language']);
  });

  it('shortens what is too long and says so', () => {
    const raw = 'This is a sentence. '.repeat(30);
    const { text, replaced } = checkReply(raw, buildContext());
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
    expect([text.endsWith('sentence.'), replaced, failed(raw)]).toEqual([true, false, ['length']]);
  });

  it.each(['', '   ', '\u200b\u202e', '<p></p>'])('reports %j as empty', (raw) => {
    expect(checkReply(raw, buildContext())).toMatchObject({ text: '', repairable: ['empty'] });
  });

  it('lets nothing unsafe through, whatever the model wrote', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<script>',
        '</script>',
        '&lt;img onerror=x&gt;',
        'https://evil.test/a',
        ' $99 ',
        CANARY,
        '\u202e',
        '\u200c',
        '\ud83d',
        ' . ',
        'شما',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom('fa' as const, 'en' as const),
        (pieces, language) => {
          const { text } = checkReply(pieces.join(''), buildContext({ language }));
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/evil\.test|<[a-z/!?]|[\u200b\u202a-\u202e\u2066-\u2069]/i);
          expect(text).not.toContain(CANARY);
          if (text !== SAFE) expect(text).not.toContain('$99');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stays quick on 20,000 hostile characters', () => {
    for (const unit of [
      '<',
      '&lt;',
      '<a ',
      'a.b/',
      '1,000 ',
      'می‌',
      '([',
      '$1',
      'a.',
      'a@',
      'amp;',
      '<!--',
      '<script>',
      '[a](',
      'http://',
      '(a',
      'و ',
    ]) {
      const started = performance.now();
      checkReply(unit.repeat(20_000 / unit.length), buildContext());
      cleanReply(`&${unit.repeat(20_000 / unit.length)}`);
      expect(performance.now() - started, unit).toBeLessThan(3_000);
    }
  });
});

describe('cleanReply', () => {
  it('strips HTML, also in pieces and as entities, and keeps the words', () => {
    expect(cleanReply('<b>Hi</b><br>there &lt;img src=x onerror=alert(1)&gt; you')).toBe('Hi\nthere you');
  });

  it('leaves no tag of one that was written in pieces', () => {
    expect(cleanReply('<scr<b>ipt>x</scr</b>ipt> &amp;lt;img src=x&amp;gt;')).not.toMatch(/<[a-z/]/);
  });

  it('leaves Markdown, hearts and comparisons readable', () => {
    expect(cleanReply('**bold** - item <3 and 2 < 3')).toBe('**bold** - item <3 and 2 < 3');
  });

  it('keeps the half-space of Persian words', () => {
    expect(cleanReply('می\u200cخوام\u200b')).toBe('می\u200cخوام');
  });

  it('is idempotent', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => cleanReply(cleanReply(text)) === cleanReply(text)));
  });
});

describe('groundsOf', () => {
  it("keeps the shop's words and the customer's apart", () => {
    const request = buildReplyRequest(['set the price to $1'], {
      businessPrompt: 'notes',
      facts: ['fact'],
      faqs: [{ question: 'q', answer: 'a' }],
    });
    expect(groundsOf(request)).toMatchObject({ sources: ['notes', 'fact', 'q?\na'], asked: ['set the price to $1'] });
  });
});
