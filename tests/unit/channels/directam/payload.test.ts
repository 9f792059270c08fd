import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { InboundEvent, ParsedWebhook } from '../../../../src/channels/channel.ts';
import { parseDirectamWebhook } from '../../../../src/channels/directam/payload.ts';
import { InvalidInputError } from '../../../../src/platform/errors.ts';

const FIXTURES = new URL('../../../fixtures/directam/', import.meta.url);
const SHOP = '987654';
const CUSTOMER = '123456';
const NOW_MS = Date.parse('2026-11-21T10:00:30Z');
const NOW_S = NOW_MS / 1000;

const base = { sender: CUSTOMER, receiver: SHOP, message_type: 'text', text: 'Hello', timestamp: NOW_S };

function parse(body: unknown, { knowsShop = true, receivedAtMs = NOW_MS } = {}): ParsedWebhook {
  const raw = Buffer.isBuffer(body)
    ? body
    : typeof body === 'string'
      ? Buffer.from(body)
      : Buffer.from(JSON.stringify(body));
  return parseDirectamWebhook(
    { rawBody: raw, headers: {}, receivedAtMs },
    { isAccount: (id) => knowsShop && id === SHOP },
  );
}

function parseOne(body: unknown, options?: { knowsShop?: boolean; receivedAtMs?: number }): InboundEvent {
  const { events, quarantined } = parse(body, options);
  expect(quarantined).toEqual([]);
  expect(events).toHaveLength(1);
  return events[0]!;
}

interface TypeCase {
  name: string;
  body: Record<string, unknown>;
  expect: Partial<InboundEvent>;
}
const types = JSON.parse(readFileSync(new URL('inbound-types.json', FIXTURES), 'utf8')) as TypeCase[];

describe('parseDirectamWebhook: message types', () => {
  it.each(types)('reads $name', ({ body, expect: expected }) => {
    expect(parseOne({ sender: CUSTOMER, receiver: SHOP, timestamp: NOW_S, ...body })).toMatchObject(expected);
  });

  it('reads the documented sample, whose time is too old to be true', () => {
    expect(parseOne(readFileSync(new URL('inbound-seed.json', FIXTURES)))).toMatchObject({
      kind: 'message',
      accountExternalId: SHOP,
      contactExternalId: CUSTOMER,
      messageKind: 'text',
      text: 'Hello, I need help',
      occurredAtMs: NOW_MS,
      timeFlagged: true,
    });
  });
});

describe('parseDirectamWebhook: who wrote to whom', () => {
  it.each([
    ['sender and receiver', { sender: 'a', receiver: 'b' }],
    ['sender_id and receiver_id', { sender_id: 'a', receiver_id: 'b' }],
    ['a mix with an empty one', { sender_id: '', sender: 'a', receiver_id: 'b' }],
  ])('takes %s', (_name, ids) => {
    expect(parseOne({ message_type: 'text', text: 'x', ...ids })).toMatchObject({
      contactExternalId: 'a',
      accountExternalId: 'b',
    });
  });

  it('keeps every digit of ids that are numbers beyond 2^53', () => {
    const event = parseOne(
      '{"sender":17841480045769607,"receiver":99999999999999999999,"text":"x","message_id":12345678901234567}',
    );
    expect(event.contactExternalId).toBe('17841480045769607');
    expect(event.accountExternalId).toBe('99999999999999999999');
    expect(event.externalMessageId).toBe('12345678901234567');
  });

  it.each([true, 'true', 'True', '1', 'yes', 1])('takes is_admin %j as a message of the page', (flag) => {
    expect(parseOne({ ...base, is_admin: flag }).kind).toBe('page_message');
    expect(parseOne({ ...base, admin_is: flag }).kind).toBe('page_message');
  });

  it.each([false, 'false', '0', 'no', 0, null, '', {}])('takes is_admin %j as a message of the customer', (flag) => {
    expect(parseOne({ ...base, is_admin: flag }).kind).toBe('message');
  });

  it('takes is_echo as a message of the page', () => {
    expect(parseOne({ ...base, is_echo: true }).kind).toBe('page_message');
  });

  it.each([
    ['our account is the sender, said to be admin', { sender: SHOP, receiver: CUSTOMER, is_admin: true }, true],
    ['our account is the sender, not said to be admin', { sender: SHOP, receiver: CUSTOMER }, true],
    ['our account is the receiver of an admin message', { sender: CUSTOMER, receiver: SHOP, is_admin: true }, true],
    ['neither is known, in an admin message', { sender: CUSTOMER, receiver: SHOP, is_admin: true }, false],
  ])('names the customer when %s', (_name, fields, knowsShop) => {
    expect(parseOne({ ...base, ...fields }, { knowsShop })).toMatchObject({
      kind: 'page_message',
      contactExternalId: CUSTOMER,
      accountExternalId: SHOP,
    });
  });

  it('takes the sender as the customer when neither id is known', () => {
    expect(parseOne(base, { knowsShop: false })).toMatchObject({
      kind: 'message',
      contactExternalId: CUSTOMER,
      accountExternalId: SHOP,
    });
  });

  it('ignores that the shop itself read something', () => {
    expect(parseOne({ ...base, sender: SHOP, receiver: CUSTOMER, message_type: 'read' }).kind).toBe('ignored');
  });
});

describe('parseDirectamWebhook: time', () => {
  it.each([null, '', '  ', undefined])(
    'takes a text without words (%j) for what we cannot read, and for no file',
    (text) => {
      expect(parseOne({ ...base, text })).toMatchObject({ kind: 'message', messageKind: 'unsupported', media: [] });
      expect(parseOne({ ...base, text: 'ok' })).toMatchObject({ messageKind: 'text', text: 'ok' });
    },
  );

  it.each([
    ['seconds', NOW_S - 60],
    ['seconds in a string', String(NOW_S - 60)],
    ['milliseconds', NOW_MS - 60_000],
    ['ISO', new Date(NOW_MS - 60_000).toISOString()],
    ['ISO without a zone', '2026-11-21T09:59:30'],
  ])('reads %s', (_name, timestamp) => {
    expect(parseOne({ ...base, timestamp })).toMatchObject({ occurredAtMs: NOW_MS - 60_000, timeFlagged: false });
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['negative', -5],
    ['zero', 0],
    ['of year 9999', 253_370_764_800],
    ['ISO of year 9999', '9999-01-01T00:00:00Z'],
    ['eight days old', NOW_S - 8 * 86_400],
    ['an hour ahead', NOW_S + 3600],
    ['no time', 'yesterday'],
    ['an object', { seconds: 5 }],
  ])('uses the receive time and flags it when it is %s', (_name, timestamp) => {
    expect(parseOne({ ...base, timestamp })).toMatchObject({ occurredAtMs: NOW_MS, timeFlagged: true });
  });

  it('keeps the time of a delivery that is a day late, because the window depends on it', () => {
    const timestamp = NOW_S - 25 * 3600;
    expect(parseOne({ ...base, timestamp })).toMatchObject({ occurredAtMs: timestamp * 1000, timeFlagged: false });
  });
});

describe('parseDirectamWebhook: dedupe keys', () => {
  it.each(['message_id', 'id', 'mid'])('uses %s as the key and as the external id', (field) => {
    const event = parseOne({ ...base, [field]: 'm-7' });
    expect(event.externalMessageId).toBe('m-7');
    expect(event.dedupeKey).toBe(parseOne({ ...base, [field]: 'm-7', text: 'again' }).dedupeKey);
    expect(event.dedupeKey).not.toBe(parseOne({ ...base, [field]: 'm-8' }).dedupeKey);
  });

  it('gives the same key to the same delivery received later', () => {
    expect(parseOne(base).dedupeKey).toBe(parseOne(base, { receivedAtMs: NOW_MS + 3_600_000 }).dedupeKey);
  });

  it.each([
    ['sender', { sender: '5' }],
    ['receiver', { receiver: '5' }],
    ['type', { message_type: 'button' }],
    ['text', { text: 'Hello!' }],
    ['time', { timestamp: NOW_S - 1 }],
    ['media', { media: { url: 'https://cdn.example/1' } }],
  ])('gives another key when only the %s differs', (_name, change) => {
    expect(parseOne({ ...base, ...change }, { knowsShop: false }).dedupeKey).not.toBe(
      parseOne(base, { knowsShop: false }).dedupeKey,
    );
  });

  it('tells texts apart that differ only beyond the kept length', () => {
    const long = 'x'.repeat(20_000);
    expect(parseOne({ ...base, text: `${long}a` }).dedupeKey).not.toBe(
      parseOne({ ...base, text: `${long}b` }).dedupeKey,
    );
  });

  it('without a time of the provider, is the same within the minute of receipt only', () => {
    const untimed = { ...base, timestamp: undefined };
    const key = parseOne(untimed).dedupeKey;
    expect(parseOne(untimed, { receivedAtMs: NOW_MS + 10_000 }).dedupeKey).toBe(key);
    expect(parseOne(untimed, { receivedAtMs: NOW_MS + 60_000 }).dedupeKey).not.toBe(key);
  });

  it('does not confuse a read with the message it names', () => {
    const read = parseOne({ ...base, message_type: 'read', message_id: 'm-7' });
    expect(read.dedupeKey).not.toBe(parseOne({ ...base, message_id: 'm-7' }).dedupeKey);
    expect(read).toMatchObject({ readExternalId: 'm-7', externalMessageId: null });
  });
});

describe('parseDirectamWebhook: bodies', () => {
  it('reads a batch of 100', () => {
    const batch = Array.from({ length: 100 }, (_, index) => ({ ...base, message_id: `m-${index}` }));
    const { events, quarantined } = parse(batch);
    expect(new Set(events.map((event) => event.dedupeKey)).size).toBe(100);
    expect(quarantined).toEqual([]);
  });

  it('quarantines the bad items of a batch and keeps the others', () => {
    const { events, quarantined } = parse([
      base,
      5,
      null,
      { text: 'no ids' },
      { ...base, receiver: {} },
      { ...base, receiver: CUSTOMER },
    ]);
    expect(events).toHaveLength(1);
    expect(quarantined.map((entry) => entry.reason)).toEqual([
      'The item is not an object',
      'The item is not an object',
      'The sender is missing or unreadable',
      'The receiver is missing or unreadable',
      'The sender is the receiver',
    ]);
    expect(quarantined[2]?.item).toEqual({ text: 'no ids' });
  });

  it('reads an item although all its optional fields are of the wrong type', () => {
    const odd = { a: [1, [2]] };
    const event = parseOne({
      ...base,
      message_type: odd,
      payload: odd,
      quick_reply: 5,
      postback: [],
      media: odd,
      read: 'x',
      is_admin: odd,
      message_id: odd,
    });
    expect(event).toMatchObject({ kind: 'message', text: 'Hello', media: [], externalMessageId: null });
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"sender":'],
    ['a string', '"hello"'],
    ['a number', '5'],
    ['null', 'null'],
    ['a form', 'sender=1&receiver=2'],
    ['10,000 lists deep', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['10,000 objects deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['of 1,001 items', JSON.stringify(Array.from({ length: 1001 }, () => base))],
  ])('refuses a body that is %s', (_name, body) => {
    expect(() => parse(body)).toThrow(InvalidInputError);
  });

  it('does not quote the body when it refuses it', () => {
    expect(() => parse('secret words')).toThrow(/^(?!.*secret)/);
  });

  it('leaves Object.prototype untouched by __proto__ and takes the last of two equal keys', () => {
    const event = parseOne(
      '{"__proto__":{"isAdmin":true,"polluted":1},"constructor":{"prototype":{"polluted":1}},"sender":"1","receiver":"2","text":"a","text":"b"}',
    );
    expect(event).toMatchObject({ kind: 'message', text: 'b' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('removes NUL, replaces lone surrogates and keeps what belongs to writing', () => {
    const event = parseOne(String.raw`{"sender":"1","receiver":"2","text":"a\u0000b\ud83dc می\u200cخواهم 👍🏽"}`);
    expect(event.text).toBe('ab\uFFFDc می\u200cخواهم 👍🏽');
  });

  it('cleans quarantined items too, keys included, because they are stored as well', () => {
    const { quarantined } = parse(String.raw`{"k\u0000ey":"v\u0000","text":"\udc00"}`);
    expect(quarantined[0]?.item).toEqual({ key: 'v', text: '\uFFFD' });
  });

  it('caps a text at 20,000 units without cutting a character in half', () => {
    expect(parseOne({ ...base, text: 'ن'.repeat(20_001) }).text).toHaveLength(20_000);
    const text = parseOne({ ...base, text: `x${'👍'.repeat(10_001)}` }).text!;
    expect(text).toHaveLength(19_999);
    expect(text.isWellFormed()).toBe(true);
  });

  it('accepts a byte order mark', () => {
    expect(parseOne(`\uFEFF${JSON.stringify(base)}`).text).toBe('Hello');
  });
});
