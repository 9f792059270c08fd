import { describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import { fa } from '../../../../admin/src/i18n/fa.ts';
import type { SendRequest } from '../../../../src/channels/channel.ts';
import type { MetaCredentials } from '../../../../src/channels/meta/credentials.ts';
import { META_REASONS } from '../../../../src/channels/meta/errors.ts';
import { fitInstagram, fitMessenger } from '../../../../src/channels/meta/limits.ts';
import { createMetaSender } from '../../../../src/channels/meta/send.ts';
import type { MetaSettings } from '../../../../src/channels/meta/settings.ts';
import type { ProviderAnswer, ProviderRequest } from '../../../../src/channels/provider-client.ts';
import type { OutboundContent } from '../../../../src/text/message.ts';

const settings: MetaSettings = {
  graphBaseUrl: 'https://graph.facebook.example',
  instagramGraphBaseUrl: 'https://graph.instagram.example',
  apiVersion: 'v25.0',
  appSecrets: [],
  verifyToken: null,
  pageId: null,
  pageAccessToken: null,
};
const OK = { status: 200, headers: {}, text: '{"recipient_id":"u","message_id":"m_1"}' };

/** A sender whose posts are noted and answered as told. */
function sender(name: 'instagram' | 'messenger', answer: Partial<ProviderAnswer> = {}) {
  const posts: ProviderRequest[] = [];
  const send = createMetaSender({ name }, settings, async (request) => {
    posts.push(request);
    return { ...OK, ...answer };
  });
  const say = (more: Partial<SendRequest<MetaCredentials>> = {}) =>
    send({
      accountExternalId: '178',
      contactExternalId: 'u',
      content: { kind: 'text', text: 'سلام' },
      intentId: '0199f000-0000-7000-8000-000000000001',
      credentials: { accessToken: 'IGtoken' },
      ...more,
    });
  return { posts, say };
}

describe('a send to Meta', () => {
  it.each<['instagram' | 'messenger', MetaCredentials, string]>([
    ['instagram', { accessToken: 'IGtoken' }, 'https://graph.instagram.example/v25.0/178/messages'],
    ['instagram', { accessToken: 'IGtoken', pageId: '9' }, 'https://graph.facebook.example/v25.0/9/messages'],
    ['instagram', { accessToken: 'EAAtoken' }, 'https://graph.facebook.example/v25.0/me/messages'],
    ['messenger', { accessToken: 'EAAtoken' }, 'https://graph.facebook.example/v25.0/178/messages'],
  ])('of %s with %j goes to the host and node of its login', async (name, credentials, url) => {
    const { posts, say } = sender(name);
    expect(await say({ credentials })).toEqual({ externalId: 'm_1', httpStatus: 200 });
    const [post] = posts;
    expect(post?.url.href).toBe(url);
    expect(post?.headers.authorization).toBe(`Bearer ${credentials.accessToken}`);
    expect(JSON.parse(post?.body ?? '')).toEqual({
      recipient: { id: 'u' },
      messaging_type: 'RESPONSE',
      message: { text: 'سلام' },
    });
  });

  it('is marked as a person’s only where nothing else lets it leave', async () => {
    const { posts, say } = sender('instagram');
    await say({ asHumanAgent: true });
    expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
  });

  const web = { type: 'web_url' as const, title: 'Shop', url: 'https://shop.example/' };
  const tap = { type: 'postback' as const, title: 'More', payload: 'P' };
  it.each<[OutboundContent, object]>([
    [
      { kind: 'image', url: 'https://shop.example/a.jpg' },
      { attachment: { type: 'image', payload: { url: 'https://shop.example/a.jpg' } } },
    ],
    [
      { kind: 'quick_replies', text: 'Which?', quickReplies: [{ title: 'A', payload: 'a' }] },
      { text: 'Which?', quick_replies: [{ content_type: 'text', title: 'A', payload: 'a' }] },
    ],
    [
      { kind: 'buttons', text: 'See', buttons: [web, tap] },
      { attachment: { type: 'template', payload: { template_type: 'button', text: 'See', buttons: [web, tap] } } },
    ],
    [
      {
        kind: 'cards',
        cards: [{ title: 'Bag', subtitle: '$40', imageUrl: 'https://shop.example/b.jpg', buttons: [web] }],
      },
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'generic',
            elements: [
              {
                title: 'Bag',
                subtitle: '$40',
                image_url: 'https://shop.example/b.jpg',
                default_action: { type: 'web_url', url: 'https://shop.example/' },
                buttons: [web],
              },
            ],
          },
        },
      },
    ],
  ])('writes %j as Meta wants it', async (content, message) => {
    const { posts, say } = sender('instagram');
    await say({ content });
    expect(JSON.parse(posts[0]?.body ?? '').message).toEqual(message);
  });

  it('is split by bytes on Instagram and by characters on Messenger, between graphemes', () => {
    const content = { kind: 'text', text: '👨‍👩‍👧'.repeat(100) } as const;
    const [instagram, messenger] = [fitInstagram(content), fitMessenger(content)];
    for (const part of instagram)
      expect(Buffer.byteLength('text' in part ? (part.text ?? '') : '')).toBeLessThanOrEqual(1000);
    expect([instagram.length, messenger.length]).toEqual([2, 1]);
    expect(instagram.map((part) => ('text' in part ? part.text : '')).join('')).toBe(content.text);
  });
});

describe('an answer of Meta', () => {
  const error = (code: number, error_subcode?: number, more: object = {}) =>
    JSON.stringify({ error: { message: 'secret words', type: 'OAuthException', code, error_subcode, ...more } });

  it.each<[string, Partial<ProviderAnswer>, object]>([
    ['token expired', { status: 400, text: error(190, 463) }, { code: 'channel_rejected', reason: 'token_expired' }],
    ['session gone', { status: 400, text: error(102) }, { code: 'channel_rejected', reason: 'token_expired' }],
    [
      'link unverified',
      { status: 400, text: error(10, 2534077) },
      { code: 'channel_rejected', reason: 'link_unverified' },
    ],
    [
      'window of Instagram',
      { status: 400, text: error(10, 2534022) },
      { code: 'channel_rejected', reason: 'window_closed' },
    ],
    [
      'window of Messenger',
      { status: 400, text: error(10, 2018278) },
      { code: 'channel_rejected', reason: 'window_closed' },
    ],
    [
      'restricted',
      { status: 400, text: error(10, 1893063) },
      { code: 'channel_rejected', reason: 'account_restricted' },
    ],
    [
      'blocked for policy',
      { status: 400, text: error(368) },
      { code: 'channel_rejected', reason: 'account_restricted' },
    ],
    ['permission', { status: 403, text: error(10) }, { code: 'channel_rejected', reason: 'permission_missing' }],
    [
      'permission of the 200s',
      { status: 403, text: error(230) },
      { code: 'channel_rejected', reason: 'permission_missing' },
    ],
    [
      'access off',
      { status: 403, text: error(200, 2534041) },
      { code: 'channel_rejected', reason: 'messages_switched_off' },
    ],
    [
      'blocked by the customer',
      { status: 400, text: error(551, 1545041) },
      { code: 'channel_rejected', reason: 'unreachable' },
    ],
    ['no such user', { status: 400, text: error(100, 2018001) }, { code: 'channel_rejected', reason: 'unreachable' }],
    ['file', { status: 400, text: error(100, 2018008) }, { code: 'channel_rejected', reason: 'media_refused' }],
    ['another app', { status: 400, text: error(100, 2534037) }, { code: 'channel_rejected', reason: 'other_app' }],
    ['bad parameter', { status: 400, text: error(100, 33) }, { code: 'channel_rejected', reason: 'refused' }],
    [
      'opt-in repeated',
      { status: 400, text: error(613, 1893016) },
      { code: 'channel_rejected', reason: 'too_many_actions' },
    ],
    ['unknown code', { status: 400, text: error(77_777) }, { code: 'channel_rejected', reason: 'refused' }],
    ['throttled', { status: 400, text: error(4) }, { code: 'channel_unavailable', retryAfterMs: 60_000 }],
    ['throttled by its use', { status: 400, text: error(80_006) }, { code: 'channel_unavailable' }],
    [
      '429 with a time',
      { status: 429, text: '', headers: { 'retry-after': '7' } },
      { code: 'channel_unavailable', retryAfterMs: 7000 },
    ],
    [
      'trouble of its own',
      { status: 500, text: error(2) },
      { code: 'channel_outcome_unknown', reason: 'server_error' },
    ],
    [
      'passing',
      { status: 400, text: error(77_777, 0, { is_transient: true }) },
      { code: 'channel_outcome_unknown', reason: 'server_error' },
    ],
    [
      'sent all the same',
      { status: 400, text: error(1, 1357046) },
      { code: 'channel_outcome_unknown', reason: 'unreadable_answer' },
    ],
    [
      'an error with status 200',
      { status: 200, text: error(190) },
      { code: 'channel_rejected', reason: 'token_expired' },
    ],
    [
      '200 without an id',
      { status: 200, text: '{}' },
      { code: 'channel_outcome_unknown', reason: 'unreadable_answer' },
    ],
    ['a page', { status: 404, text: '<html>' }, { code: 'channel_rejected', reason: 'wrong_base_url' }],
  ])('of “%s” says what became of the message, and no word of theirs', async (_, answer, expected) => {
    const failure: unknown = await sender('instagram', answer)
      .say()
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject(expected);
    expect(String(failure)).not.toContain('secret words');
  });

  it('has words in both languages for each reason', () => {
    for (const reason of META_REASONS) {
      expect(en.peyk.reason, reason).toHaveProperty(reason);
      expect(fa.peyk.reason, reason).toHaveProperty(reason);
    }
  });

  it.each([
    ['x-app-usage', { call_count: 100, total_time: 25, total_cputime: 25 }, 300_000],
    [
      'x-business-use-case-usage',
      {
        178: [
          { type: 'instagram', call_count: 1, total_cputime: 101, total_time: 1, estimated_time_to_regain_access: 3 },
        ],
      },
      180_000,
    ],
  ])('that nothing is left by %s puts the next one off without asking', async (name, usage, atMostMs) => {
    const { posts, say } = sender('instagram', { headers: { [name]: JSON.stringify(usage) } });
    await say();
    const failure = (await say().catch((thrown: unknown) => thrown)) as { retryAfterMs: number };
    expect(failure).toMatchObject({ code: 'channel_unavailable' });
    expect(failure.retryAfterMs).toBeGreaterThan(atMostMs - 60_000);
    expect(failure.retryAfterMs).toBeLessThanOrEqual(atMostMs);
    expect(posts).toHaveLength(1);
    await say({ accountExternalId: 'another' });
    expect(posts).toHaveLength(2);
  });

  it.each(['', 'null', '{"a":[1]}', '{"call_count":"x"}', '{"call_count":79}'])(
    'goes on at usage %j',
    async (usage) => {
      const { posts, say } = sender('instagram', { headers: { 'x-app-usage': usage } });
      await say();
      await say();
      expect(posts).toHaveLength(2);
    },
  );
});
