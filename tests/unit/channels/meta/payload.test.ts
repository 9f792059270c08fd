import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../../../src/channels/channel.ts';
import { parseMetaWebhook } from '../../../../src/channels/meta/payload.ts';
import { InvalidInputError } from '../../../../src/platform/errors.ts';

const NOW = 1_795_255_200_000;
const IG = '17841480045769607';
const USER = '1774286536595696';

const requestOf = (body: unknown) => ({
  rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers: {},
  receivedAtMs: NOW,
});
const parse = (body: unknown) => parseMetaWebhook(requestOf(body));
const parties = { sender: { id: USER }, recipient: { id: IG } };
const fromAccount = { sender: { id: IG }, recipient: { id: USER } };
const inner = (item: object, object = 'instagram') => ({
  object,
  entry: [{ id: IG, time: NOW, messaging: [{ ...parties, timestamp: NOW - 1000, ...item }] }],
});
const eventOf = (body: unknown): InboundEvent => {
  const { events, quarantined } = parse(body);
  expect(quarantined).toEqual([]);
  expect(events).toHaveLength(1);
  return events[0] as InboundEvent;
};
const attached = (type: string, payload?: object, more: object = {}) => ({
  message: { mid: 'm', attachments: [{ type, ...(payload ? { payload } : {}) }], ...more },
});

describe('parseMetaWebhook: what customers say', () => {
  it.each<[string, object, Partial<InboundEvent>]>([
    [
      'a text',
      { message: { mid: 'm', text: 'hello' } },
      { messageKind: 'text', text: 'hello', externalMessageId: 'm' },
    ],
    [
      'a picture',
      attached('image', { url: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1' }),
      {
        messageKind: 'image',
        text: null,
        media: [{ kind: 'image', url: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1' }],
      },
    ],
    ['a voice message', attached('audio', { url: 'https://x.example/a' }), { messageKind: 'audio' }],
    ['a file', attached('file', { url: 'https://x.example/a.pdf' }), { messageKind: 'file' }],
    [
      'a shared post with its caption',
      attached('ig_post', { url: 'https://x.example/p', title: 'Boots', ig_post_media_id: '178' }),
      { messageKind: 'share', text: 'Boots', media: [{ kind: 'file', url: 'https://x.example/p' }] },
    ],
    ['a legacy share', attached('share', { url: 'https://x.example/p' }), { messageKind: 'share', text: null }],
    ['a reel', attached('ig_reel', { url: 'https://www.instagram.com/reel/X/', title: 't' }), { messageKind: 'share' }],
    ['a story mention', attached('story_mention', { url: 'https://x.example/s' }), { messageKind: 'share' }],
    [
      'a product',
      attached('template', { product: { elements: [{ id: '1', title: 'Bag', subtitle: '$40' }] } }),
      { messageKind: 'share', text: 'Bag $40' },
    ],
    ['a shared comment', attached('template', {}), { messageKind: 'unsupported', text: null }],
    [
      'words with the preview of their link',
      attached('fallback', { url: 'https://a.example' }, { text: 'see' }),
      { messageKind: 'text', text: 'see' },
    ],
    ['a heart', attached('like_heart'), { messageKind: 'sticker', media: [] }],
    [
      'a sticker',
      attached('sticker', { url: 'https://x.example/s', sticker_id: 369239263222822 }),
      { messageKind: 'sticker' },
    ],
    ['an older sticker', attached('image', { url: 'https://x.example/s', sticker_id: 1 }), { messageKind: 'sticker' }],
    [
      'what is gone after a look',
      attached('unsupported_type', { url: 'https://x.example' }),
      { messageKind: 'unsupported' },
    ],
    ['what Meta cannot show', { message: { mid: 'm', is_unsupported: true } }, { messageKind: 'unsupported' }],
    [
      'an attachment of a later year',
      attached('hologram', { url: 'https://x.example' }),
      { messageKind: 'unsupported' },
    ],
    [
      'a payload that is null',
      { message: { mid: 'm', attachments: [{ type: 'fallback', payload: null, title: 'T' }] } },
      { text: 'T' },
    ],
    ['a place', attached('location', { coordinates: { lat: 35.7, long: 51.4 } }), { text: '35.7, 51.4' }],
    [
      'an answer to a story',
      { message: { mid: 'm', text: 'nice', reply_to: { story: { url: 'https://x.example/s', id: '1' } } } },
      { messageKind: 'story_reply', text: 'nice', media: [{ kind: 'file', url: 'https://x.example/s' }] },
    ],
    [
      'an answer to a message',
      { message: { mid: 'm', text: 'yes', reply_to: { mid: 'm0', is_self_reply: false } } },
      { messageKind: 'text' },
    ],
    [
      'a quick reply',
      { message: { mid: 'm', text: 'T', quick_reply: { payload: 'P' } } },
      { messageKind: 'quick_reply', text: 'T', payload: 'P' },
    ],
    [
      'a tap',
      { postback: { mid: 'm', title: 'T', payload: 'P' } },
      { messageKind: 'postback', text: 'T', payload: 'P' },
    ],
    [
      'a tap without a payload',
      { postback: { mid: 'm', title: 'T' } },
      { messageKind: 'postback', text: 'T', payload: null },
    ],
    [
      'a message from an ad',
      { message: { mid: 'm', text: 'hi', referral: { ref: 'r', ad_id: 1, source: 'ADS', type: 'OPEN_THREAD' } } },
      { messageKind: 'text', text: 'hi', payload: 'r' },
    ],
    [
      'a message from the shop',
      { message: { mid: 'm', text: 'hi', referral: { product: { id: 'P' } } } },
      { payload: 'P' },
    ],
  ])('reads %s', (_, item, expected) => {
    const event = eventOf(inner(item));
    expect(event).toMatchObject({ kind: 'message', accountExternalId: IG, contactExternalId: USER, ...expected });
    expect(event).toMatchObject({ occurredAtMs: NOW - 1000, timeFlagged: false, isAttributed: true });
  });

  it('keeps the digits of ids that are numbers, and asks neither for an object nor for a recipient, an id or a time', () => {
    const numbers =
      '{"object":"page","entry":[{"id":123456789012345678,"time":1,"messaging":[{"sender":{"id":987654321098765432},"message":{"text":"x"}}]}]}';
    expect(eventOf(numbers)).toMatchObject({
      accountExternalId: '123456789012345678',
      contactExternalId: '987654321098765432',
      timeFlagged: true,
    });
    const bare = { entry: [{ id: 'page_id', messaging: [{ sender: { id: 'user_id' }, message: { text: 'Hello' } }] }] };
    const read = eventOf(bare);
    expect(read).toMatchObject({
      kind: 'message',
      accountExternalId: 'page_id',
      contactExternalId: 'user_id',
      text: 'Hello',
    });
    expect(eventOf([bare]).dedupeKey).toBe(read.dedupeKey);
  });

  it.each([
    ['seconds', Math.floor(NOW / 1000) - 5],
    ['milliseconds', NOW - 5000],
    ['seconds in a string', String(Math.floor(NOW / 1000) - 5)],
    ['an ISO time', new Date(NOW - 5000).toISOString()],
  ])('takes a time in %s', (_, timestamp) => {
    expect(eventOf(inner({ timestamp, message: { mid: 'm', text: 'x' } })).occurredAtMs).toBe(NOW - 5000);
  });
});

describe('parseMetaWebhook: what is done to messages, and by whom', () => {
  it('tells what the account wrote, by its mark or by its sender', () => {
    const echo = { ...fromAccount, message: { mid: 'e', text: 't', is_echo: true } };
    expect(eventOf(inner(echo))).toMatchObject({
      kind: 'page_message',
      contactExternalId: USER,
      externalMessageId: 'e',
    });
    expect(eventOf(inner({ ...fromAccount, message: { mid: 'e', text: 't' } }))).toMatchObject({
      kind: 'page_message',
    });
  });

  it.each<[string, object, Partial<InboundEvent>]>([
    [
      'a reaction',
      { reaction: { mid: 'm', action: 'react', reaction: 'love', emoji: '❤️' } },
      { change: { kind: 'reaction', externalId: 'm', emoji: '❤️' } },
    ],
    [
      'one that is only named',
      { reaction: { mid: 'm', action: 'react', reaction: 'wow' } },
      { change: { kind: 'reaction', externalId: 'm', emoji: '😮' } },
    ],
    [
      'one that is taken back',
      { reaction: { mid: 'm', action: 'unreact' } },
      { change: { kind: 'reaction', externalId: 'm', emoji: null } },
    ],
    [
      'an edit',
      { message_edit: { mid: 'm', text: 'new', num_edit: '1' } },
      { change: { kind: 'edit', externalId: 'm', text: 'new' } },
    ],
    [
      'a message taken back',
      { message: { mid: 'm', is_deleted: true } },
      { change: { kind: 'unsend', externalId: 'm' } },
    ],
    ['a read message', { read: { mid: 'm' } }, { kind: 'read', readExternalId: 'm' }],
    [
      'everything read up to a time',
      { read: { watermark: NOW - 9000 } },
      { kind: 'read', readExternalId: null, occurredAtMs: NOW - 9000 },
    ],
    [
      'a link that opened the chat',
      { referral: { ref: 'r', source: 'IG_ME link', type: 'OPEN_THREAD' } },
      { kind: 'ignored' },
    ],
    [
      'a change of hands',
      { pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: '123' } },
      { kind: 'ignored' },
    ],
    ['a consent', { optin: { type: 'notification_messages', payload: 'p' } }, { kind: 'ignored' }],
    ['what nobody knows yet', { teleport: { to: 1 } }, { kind: 'ignored' }],
  ])('reads %s', (_, item, expected) => {
    expect(eventOf(inner(item))).toMatchObject({ contactExternalId: USER, text: null, media: [], ...expected });
  });

  it('says nothing of an edit that changes nothing, of a test that an account writes to itself, and of the dashboard’s', () => {
    const quiet = { events: [], statuses: [], notices: [], quarantined: [] };
    const bare = {
      object: 'instagram',
      entry: [{ id: IG, time: NOW, messaging: [{ timestamp: NOW, message_edit: { mid: 'm', num_edit: 0 } }] }],
    };
    expect(parse(bare)).toEqual(quiet);
    expect(parse(inner({ message_edit: { mid: 'm', text: 'x', num_edit: '0' } }))).toEqual(quiet);
    const self = {
      sender: { id: IG },
      recipient: { id: IG },
      message: { mid: 'm', text: 'x', is_self: true, is_echo: true },
    };
    expect(parse(inner(self))).toEqual(quiet);
    const value = {
      sender: { id: '12334' },
      recipient: { id: '23245' },
      timestamp: '1527459824',
      message: { mid: 'r', text: 't' },
    };
    expect(
      parse({ object: 'instagram', entry: [{ id: '0', time: 1, changes: [{ field: 'messages', value }] }] }),
    ).toEqual(quiet);
  });

  it('reads a message that comes as a change', () => {
    const value = { ...parties, timestamp: String(NOW / 1000), message: { mid: 'r', text: 't' } };
    expect(
      eventOf({ object: 'instagram', entry: [{ id: IG, time: 1, changes: [{ field: 'messages', value }] }] }),
    ).toMatchObject({ kind: 'message', text: 't', externalMessageId: 'r' });
  });

  it('keeps what comes while another app has the conversation, and leaves it to that app', () => {
    const standby = [{ ...parties, timestamp: NOW, message: { mid: 'm', text: 'x' } }];
    expect(eventOf({ object: 'instagram', entry: [{ id: IG, time: NOW, standby }] })).toMatchObject({
      kind: 'ignored',
    });
  });

  it('tells which messages of ours were delivered', () => {
    const { events, statuses } = parse(inner({ delivery: { mids: ['m_1', 'm_2'], watermark: NOW } }, 'page'));
    expect(events).toEqual([]);
    expect(statuses.map(({ externalMessageId, state }) => [externalMessageId, state])).toEqual([
      ['m_1', 'delivered'],
      ['m_2', 'delivered'],
    ]);
    expect(parse(inner({ delivery: { watermark: NOW } }, 'page')).statuses).toEqual([]);
  });

  it('gives events of one message that are of different kinds different keys, and repeated ones the same', () => {
    const items = [
      { message: { mid: 'm', text: 'x' } },
      { postback: { mid: 'm', title: 'T', payload: 'P' } },
      { reaction: { mid: 'm', action: 'react', reaction: 'love' } },
      { reaction: { mid: 'm', action: 'unreact' } },
      { message_edit: { mid: 'm', text: 'y', num_edit: 1 } },
      { message_edit: { mid: 'm', text: 'z', num_edit: 2 } },
      { read: { mid: 'm' } },
      { message: { mid: 'm', is_deleted: true } },
    ];
    const keys = items.map((item) => eventOf(inner(item)).dedupeKey);
    expect(new Set(keys).size).toBe(items.length);
    expect(items.map((item) => eventOf(inner(item)).dedupeKey)).toEqual(keys);
  });
});

describe('parseMetaWebhook: what concerns the account', () => {
  const comment = {
    id: '178',
    from: { id: '104', username: 'u' },
    text: '123',
    media: { id: '181', media_product_type: 'FEED' },
  };
  it.each([
    ['in a list of changes', { changes: [{ field: 'comments', value: comment }] }],
    ['flat', { field: 'comments', value: comment }],
  ])('takes a comment that comes %s for no message', (_, entry) => {
    const seconds = Math.floor(NOW / 1000) - 60;
    const parsed = parse({ object: 'instagram', entry: [{ id: IG, time: seconds, ...entry }] });
    expect(parsed).toMatchObject({
      events: [],
      quarantined: [],
      notices: [{ accountExternalId: IG, kind: 'comments', value: comment, occurredAtMs: seconds * 1000 }],
    });
  });

  it.each(['mentions', 'story_insights', 'live_comments', 'feed', 'follow'])('keeps a change of %s', (field) => {
    const parsed = parse({
      object: 'instagram',
      entry: [{ id: IG, time: 1, changes: [{ field, value: { media_id: '1' } }] }],
    });
    expect(parsed.notices).toMatchObject([{ kind: field, accountExternalId: IG }]);
  });
});

describe('parseMetaWebhook: batches and bad bodies', () => {
  it('reads a thousand updates of several accounts', () => {
    const entry = Array.from({ length: 500 }, (_, n) => ({
      id: `account-${n % 3}`,
      time: NOW,
      messaging: [1, 2].map((part) => ({
        sender: { id: `u-${n}` },
        recipient: { id: `account-${n % 3}` },
        timestamp: NOW - n,
        message: { mid: `m-${n}-${part}`, text: `${part}` },
      })),
    }));
    const { events, quarantined } = parse({ object: 'instagram', entry });
    expect([events.length, quarantined.length]).toEqual([1000, 0]);
    expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(1000);
    expect(new Set(events.map(({ accountExternalId }) => accountExternalId)).size).toBe(3);
  });

  it('sets aside what cannot be read, and keeps the rest', () => {
    const good = { ...parties, timestamp: NOW, message: { mid: 'm', text: 'x' } };
    const messaging = [good, 7, null, { recipient: { id: IG }, message: { mid: 'n', text: 'y' } }];
    const { events, quarantined } = parse({ object: 'instagram', entry: [{ id: IG, time: NOW, messaging }, 'x', {}] });
    expect(events).toMatchObject([{ externalMessageId: 'm' }]);
    expect(quarantined.map(({ reason }) => reason)).toEqual([
      'The item is not an object',
      'The item is not an object',
      'The sender is missing',
      'The entry holds no update',
      'The entry holds no update',
    ]);
  });

  it.each(['', 'nonsense', 'null', '7', `${'['.repeat(10_000)}`])('refuses %j as a whole', (body) => {
    expect(() => parse(body)).toThrow(InvalidInputError);
  });

  it('never throws anything else, whatever JSON comes, in whatever place', () => {
    const wrap = [
      (value: unknown) => value,
      (value: unknown) => ({ object: 'instagram', entry: value }),
      (value: unknown) => ({ object: 'page', entry: [{ id: IG, messaging: [value], changes: value }] }),
      (value: unknown) => inner({ message: value }),
      (value: unknown) =>
        inner({ message: { mid: value, text: value, attachments: value, reply_to: value, referral: value } }),
      (value: unknown) => inner({ message: { mid: 'm', attachments: [{ type: value, payload: value }] } }),
      (value: unknown) => inner({ sender: value, recipient: value, timestamp: value, postback: value, read: value }),
      (value: unknown) => inner({ reaction: value, message_edit: value, delivery: value }),
      (value: unknown) => ({ object: value, entry: [{ id: value, time: value, field: value, value }] }),
    ];
    const bodies = fc.tuple(fc.constantFrom(...wrap), fc.jsonValue()).map(([put, value]) => put(value));
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          for (const event of parse(body).events) {
            expect(event.dedupeKey).not.toBe('');
            expect(event.contactExternalId).not.toBe('');
          }
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
