/**
 * What every channel promises, whatever its provider. A new channel passes this by giving a harness:
 * see channel-directam.test.ts.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel, DeliveryStatus, ParseContext, WebhookRequest } from '../../src/channels/channel.ts';
import type { ChannelLimits } from '../../src/channels/channel-rules.ts';
import {
  ChannelOutcomeUnknownError,
  ChannelRejectedError,
  ChannelUnavailableError,
  InvalidInputError,
  SignatureError,
} from '../../src/platform/errors.ts';
import type { MessageChange, OutboundContent } from '../../src/text/message.ts';

export const CONTRACT_ACCOUNT = '987654';
export const CONTRACT_CUSTOMER = '123456';

/** How the provider's fake behaves for the sends that follow. */
export type ProviderMood =
  | 'accepts'
  | 'refuses'
  | 'is-throttling'
  | 'fails'
  | 'drops-the-connection'
  | 'talks-nonsense'
  | 'hangs';

export interface Connection {
  channel: Channel;
  credentials: unknown;
}

export interface ProviderFake {
  /** The channel with the credentials of an account at the fake, `secret` being its key, and a time-out of `timeoutMs`. */
  connect(secret: string, timeoutMs: number): Connection;
  /** The same for an account at an address where nobody listens. */
  connectToNobody(): Connection;
  become(mood: ProviderMood): void;
  requestCount(): number;
  close(): Promise<void>;
}

export interface ChannelHarness {
  channel: Channel;
  /** Of two accounts; the webhooks below are signed with what the second one has. */
  credentials: readonly [other: unknown, signer: unknown];
  /** A form filled in rightly, as a person gives it. Absent where a channel needs no credentials. */
  filledForm?: Record<string, unknown>;
  /** A genuine webhook of one customer message; the same `number` is the same message, `null` has no id of its own. */
  webhook(message: { text: string; number: number | null }): Buffer;
  /** Headers with which the provider sends that body. */
  sign(rawBody: Buffer): Record<string, string>;
  /** A genuine webhook of what the customer did to a message, at a time; absent while the channel tells nothing of it. */
  changeWebhook?(change: MessageChange, atMs: number): Buffer;
  /** A genuine webhook of what became of message `id` of ours; absent while the channel tells nothing of it. */
  statusWebhook?(id: string, state: DeliveryStatus['state']): WebhookRequest;
  /** A question whether the address is ours, with the word that was agreed and with another. Absent: it is never asked. */
  challenge?: { right: WebhookRequest; wrong: WebhookRequest; answer: string };
  /** True when the channel is only reached from inside and has no signature. */
  isInternal: boolean;
  /** Starts a real HTTP fake; null for a channel without a network. */
  startProvider: (() => Promise<ProviderFake>) | null;
}

const RECEIVED_AT_MS = Date.parse('2026-11-21T10:00:00Z');
const context: ParseContext = { isAccount: (id) => id === CONTRACT_ACCOUNT };

/** Declares the contract's tests for one channel. */
export function describeChannel(name: string, harness: ChannelHarness): void {
  describe(`${name} channel: contract`, () => {
    describeDescriptor(harness);
    describeInbound(harness);
    describeStatuses(harness);
    describeFit(harness.channel);
    if (harness.startProvider) describeSend(harness.startProvider);
  });
}

function describeDescriptor({ channel, credentials, filledForm, challenge, isInternal }: ChannelHarness): void {
  it('names itself, its window and its addresses so that they can be used as they are', () => {
    expect(channel.name).toMatch(/^[a-z][a-z-]{1,30}$/);
    expect(channel.label.en && channel.label.fa).toBeTruthy();
    if (channel.window.kind !== 'none') expect(channel.window.hoursByDefault).toBeGreaterThan(0);
    expect(channel.webhooks.length === 0).toBe(isInternal);
    for (const { path, methods } of channel.webhooks) {
      expect(path).toMatch(/^(\/[a-z0-9-]+)+$/);
      expect(methods.includes('GET')).toBe(challenge !== undefined);
    }
  });

  it('asks for exactly the credentials that its schema takes, and shows how to get them', () => {
    const fields = channel.credentials?.fields ?? [];
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { copyPath, field } of channel.setUp) {
      if (copyPath !== undefined) expect(channel.webhooks.map(({ path }) => path)).toContain(copyPath);
      if (field !== undefined) expect(names).toContain(field);
    }
    if (!filledForm || !channel.credentials)
      return expect([filledForm, channel.credentials]).toEqual([undefined, null]);
    const { schema } = channel.credentials;
    expect(schema.safeParse(filledForm).success).toBe(true);
    expect(schema.safeParse({ ...filledForm, surplus: 1 }).success).toBe(false);
    for (const { name, isRequired } of fields) {
      expect(schema.safeParse({ ...filledForm, [name]: undefined }).success, name).toBe(!isRequired);
      expect(schema.safeParse({ ...filledForm, [name]: 17 }).success, name).toBe(false);
    }
    return undefined;
  });

  if (challenge)
    it('proves that an address is ours to who knows the word, and to nobody else', () => {
      expect(channel.answerChallenge?.(challenge.right, credentials)).toMatchObject({ body: challenge.answer });
      expect(() => channel.answerChallenge?.(challenge.wrong, credentials)).toThrow(SignatureError);
    });
}

function describeStatuses({ channel, statusWebhook }: ChannelHarness): void {
  if (!statusWebhook) return;
  it.each(['delivered', 'failed'] as const)(
    'tells that a message of ours %s, and takes that for no message',
    (state) => {
      const parsed = channel.parse(statusWebhook('m-1', state), context);
      expect(parsed).toMatchObject({ events: [], quarantined: [] });
      expect(parsed.statuses).toMatchObject([{ accountExternalId: CONTRACT_ACCOUNT, externalMessageId: 'm-1', state }]);
      expect(parsed.statuses[0]?.reason === '').toBe(state !== 'failed');
    },
  );
}

function describeInbound(harness: ChannelHarness): void {
  const { channel, credentials, webhook, changeWebhook, sign, isInternal } = harness;
  const requestOf = (rawBody: Buffer, headers: WebhookRequest['headers'] = {}, receivedAtMs = RECEIVED_AT_MS) => ({
    rawBody,
    headers,
    receivedAtMs,
  });
  const hello = webhook({ text: 'سلام', number: 1 });

  it('accepts what the provider signed', () => {
    expect(() => channel.verify(requestOf(hello, sign(hello)), credentials)).not.toThrow();
  });

  if (!isInternal)
    it('refuses an unsigned, a wrongly signed and a changed body', () => {
      const other = webhook({ text: 'other', number: 2 });
      expect(() => channel.verify(requestOf(hello), credentials)).toThrow(SignatureError);
      expect(() => channel.verify(requestOf(hello, sign(other)), credentials)).toThrow(SignatureError);
      // Nobody signs for an account whose secret they do not have.
      expect(() => channel.verify(requestOf(hello, sign(hello)), [credentials[0]])).toThrow(SignatureError);
      for (const header of Object.keys(sign(hello))) {
        expect(() => channel.verify(requestOf(hello, { [header]: 'é' }), credentials)).toThrow(SignatureError);
        expect(() => channel.verify(requestOf(hello, { [header]: ['a', 'b'] }), credentials)).toThrow(SignatureError);
      }
    });

  it('names customer, account and words', () => {
    expect(channel.parse(requestOf(hello), context)).toMatchObject({
      quarantined: [],
      statuses: [],
      events: [
        {
          kind: 'message',
          accountExternalId: CONTRACT_ACCOUNT,
          isAttributed: true,
          contactExternalId: CONTRACT_CUSTOMER,
          messageKind: 'text',
          text: 'سلام',
        },
      ],
    });
  });

  it('gives equal events for equal requests, with or without an id', () => {
    for (const number of [1, null]) {
      const rawBody = webhook({ text: 'again', number });
      expect(channel.parse(requestOf(rawBody), context)).toEqual(channel.parse(requestOf(rawBody), context));
    }
  });

  it('gives one key to one message however late it is repeated, and another to another message', () => {
    const keyOf = (number: number, receivedAtMs = RECEIVED_AT_MS) =>
      channel.parse(requestOf(webhook({ text: 'x', number }), {}, receivedAtMs), context).events[0]?.dedupeKey;
    expect(keyOf(1)).toBe(keyOf(1, RECEIVED_AT_MS + 36 * 3_600_000));
    expect(keyOf(1)).not.toBe(keyOf(2));
  });

  if (changeWebhook)
    it('names what was done to a message, each time with a key of its own, and never as a message', () => {
      const changes: MessageChange[] = [
        { kind: 'reaction', externalId: 'm-1', emoji: '❤️' },
        { kind: 'reaction', externalId: 'm-1', emoji: null },
        { kind: 'edit', externalId: 'm-1', text: 'سلام!' },
        { kind: 'unsend', externalId: 'm-1' },
      ];
      const read = (change: MessageChange, atMs: number, receivedAtMs = RECEIVED_AT_MS) =>
        channel.parse(requestOf(changeWebhook(change, atMs), {}, receivedAtMs), context).events[0];
      const keys = new Set<string | undefined>([channel.parse(requestOf(hello), context).events[0]?.dedupeKey]);
      for (const change of changes) {
        const event = read(change, RECEIVED_AT_MS);
        expect(event).toMatchObject({ kind: change.kind, change, contactExternalId: CONTRACT_CUSTOMER });
        expect(event).toMatchObject({ text: null, media: [], occurredAtMs: RECEIVED_AT_MS });
        expect(read(change, RECEIVED_AT_MS, RECEIVED_AT_MS + 3_600_000)?.dedupeKey).toBe(event?.dedupeKey);
        keys.add(event?.dedupeKey).add(read(change, RECEIVED_AT_MS - 5000)?.dedupeKey);
      }
      expect(keys.size).toBe(1 + 2 * changes.length);
    });

  it('gives text that PostgreSQL can store, and not more than the limit', () => {
    const events = channel.parse(requestOf(webhook({ text: `a\0${'👍'.repeat(20_000)}`, number: 3 })), context).events;
    const text = events[0]?.text ?? '';
    expect(text.startsWith('a👍')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(20_000);
    expect(text.isWellFormed()).toBe(true);
  });

  it('either reads any body or refuses it with InvalidInputError', () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom('', '[', 'null', '['.repeat(10_000), '{"__proto__":{}}'),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          channel.parse(requestOf(Buffer.from(body)), context);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 200 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
}

const words = fc.oneof(
  fc.string({ maxLength: 50 }),
  fc.string({ unit: 'binary', maxLength: 1500 }),
  fc
    .array(fc.constantFrom('سلام.', 'می\u200cخواهم', '👨‍👩‍👧', 'word', '\n', 'https://shop.example/?q=1'), {
      maxLength: 500,
    })
    .map((list) => list.join(' ')),
);
const button = fc.oneof(
  fc.record({ type: fc.constant('postback' as const), title: words, payload: words }),
  fc.record({ type: fc.constant('web_url' as const), title: words, url: fc.oneof(fc.webUrl(), words) }),
);
const card = fc.record(
  { title: words, subtitle: words, imageUrl: fc.webUrl(), buttons: fc.array(button, { maxLength: 5 }) },
  { requiredKeys: ['title'] },
);
const contents: fc.Arbitrary<OutboundContent> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words }),
  fc.record({
    kind: fc.constantFrom('image' as const, 'video' as const, 'audio' as const),
    url: fc.webUrl(),
    text: words,
  }),
  fc.record({ kind: fc.constant('buttons' as const), text: words, buttons: fc.array(button, { maxLength: 8 }) }),
  fc.record({
    kind: fc.constant('quick_replies' as const),
    text: words,
    quickReplies: fc.array(fc.record({ title: words, payload: words }), { maxLength: 20 }),
  }),
  fc.record({ kind: fc.constant('cards' as const), text: words, cards: fc.array(card, { maxLength: 15 }) }),
);

function describeFit(channel: Channel): void {
  it('fits any content into parts within its limits, and fitted parts again into themselves', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const parts = channel.fit(content);
        for (const part of parts) {
          expectWithinLimits(part, channel.limits);
          expect(channel.fit(part)).toEqual([part]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('loses no word of a long text', () => {
    const text = Array.from({ length: 600 }, (_, index) => `کلمه${index}`).join(' ');
    const parts = channel.fit({ kind: 'text', text });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => (part.kind === 'text' ? part.text : '')).join(' ')).toBe(text);
  });
}

function expectWithinLimits(part: OutboundContent, limits: ChannelLimits): void {
  const text = 'text' in part ? part.text : undefined;
  if (text !== undefined) {
    expect(text.trim()).not.toBe('');
    const size = limits.textUnit === 'bytes' ? Buffer.byteLength(text) : text.length;
    expect(size).toBeLessThanOrEqual(limits.maxText);
  }
  if (part.kind === 'buttons') expect(part.buttons.length).toBeLessThanOrEqual(limits.maxButtons);
  if (part.kind === 'quick_replies') expect(part.quickReplies.length).toBeLessThanOrEqual(limits.maxQuickReplies);
  if (part.kind === 'cards') expect(part.cards.length).toBeLessThanOrEqual(limits.maxCards);
  for (const title of titlesOf(part)) {
    expect([...new Intl.Segmenter('fa').segment(title)].length).toBeLessThanOrEqual(limits.maxTitleCharacters);
  }
  expect(JSON.stringify(part)).not.toMatch(/\\u0000|\\ud[89a-f]/);
}

function titlesOf(part: OutboundContent): string[] {
  if (part.kind === 'buttons') return part.buttons.map((entry) => entry.title);
  if (part.kind === 'quick_replies') return part.quickReplies.map((entry) => entry.title);
  if (part.kind === 'cards') return part.cards.flatMap((entry) => (entry.buttons ?? []).map((inner) => inner.title));
  return [];
}

function describeSend(startProvider: () => Promise<ProviderFake>): void {
  const SECRET = 'key-never-to-be-shown';
  const TEXT = 'words-never-to-be-shown';
  let provider: ProviderFake;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(() => provider.close());

  const send = ({ channel, credentials }: Connection) =>
    channel.send({
      credentials,
      accountExternalId: CONTRACT_ACCOUNT,
      contactExternalId: CONTRACT_CUSTOMER,
      content: { kind: 'text', text: TEXT },
      intentId: '0199f000-0000-7000-8000-000000000001',
    });

  it('returns a receipt when the provider accepts', async () => {
    provider.become('accepts');
    const receipt = await send(provider.connect(SECRET, 2000));
    expect(receipt.httpStatus).toBeGreaterThanOrEqual(200);
    expect(receipt.httpStatus).toBeLessThan(300);
  });

  it.each([
    ['refuses', ChannelRejectedError],
    ['is-throttling', ChannelUnavailableError],
    ['fails', ChannelOutcomeUnknownError],
    ['drops-the-connection', ChannelOutcomeUnknownError],
    ['talks-nonsense', ChannelOutcomeUnknownError],
    ['hangs', ChannelOutcomeUnknownError],
  ] as const)('when the provider %s: asks once, and shows neither key nor text', async (mood, expected) => {
    provider.become(mood);
    const before = provider.requestCount();
    const failure: unknown = await send(provider.connect(SECRET, 300)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(expected);
    expect(provider.requestCount()).toBe(before + 1);
    expect(`${String(failure)} ${JSON.stringify(failure)}`).not.toMatch(new RegExp(`${SECRET}|${TEXT}`));
  });

  it('refuses for good, and asks nobody, while the account has no credentials', async () => {
    const before = provider.requestCount();
    const connection = { ...provider.connect(SECRET, 300), credentials: null };
    await expect(send(connection)).rejects.toMatchObject({ code: 'channel_rejected', reason: 'not_configured' });
    expect(provider.requestCount()).toBe(before);
  });

  it('says that the send may be repeated when nobody listens', async () => {
    await expect(send(provider.connectToNobody())).rejects.toBeInstanceOf(ChannelUnavailableError);
  });
}
