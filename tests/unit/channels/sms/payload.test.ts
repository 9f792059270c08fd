import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTwilioWebhook } from '../../../../src/channels/sms/payload.ts';
import { InvalidInputError } from '../../../../src/platform/errors.ts';

const SHOP = '+15552223333';
const SERVICE = 'MG00000000000000000000000000000001';
const OUTBOUND = '01a21eb1-8c2d-7b6c-9d2b-5ca691cad59d';
const inbound = {
  MessageSid: 'SM00000000000000000000000000000001',
  AccountSid: 'AC1',
  From: '+15550001111',
  To: SHOP,
  Body: 'سلام، ساعت کاری؟',
  NumMedia: '0',
  SmsStatus: 'received',
};
const parse = (fields: Record<string, string>, url = '/webhooks/sms/inbound', accounts = [SHOP]) =>
  parseTwilioWebhook(
    { rawBody: Buffer.from(new URLSearchParams(fields).toString()), headers: {}, receivedAtMs: 1000, url },
    { isAccount: (id) => accounts.includes(id) },
  );

describe('a text message that comes in', () => {
  it('is of its sender and of the number it was written to', () => {
    expect(parse(inbound)).toEqual({
      events: [
        {
          kind: 'message',
          accountExternalId: SHOP,
          isAttributed: true,
          contactExternalId: '+15550001111',
          dedupeKey: 'sms:SM00000000000000000000000000000001',
          externalMessageId: 'SM00000000000000000000000000000001',
          messageKind: 'text',
          text: 'سلام، ساعت کاری؟',
          payload: null,
          media: [],
          occurredAtMs: 1000,
          timeFlagged: false,
          readExternalId: null,
        },
      ],
      statuses: [],
      quarantined: [],
    });
  });

  it('is of the messaging service where that is connected and the number is not', () => {
    const byService = { ...inbound, MessagingServiceSid: SERVICE };
    expect(parse(byService, undefined, [SERVICE]).events[0]?.accountExternalId).toBe(SERVICE);
    expect(parse(byService).events[0]?.accountExternalId).toBe(SHOP);
  });

  it('brings its pictures and files, and no address that is none', () => {
    const { Body: _none, ...wordless } = inbound;
    const media = {
      NumMedia: '3',
      MediaUrl0: 'https://api.twilio.com/m/1',
      MediaContentType0: 'image/jpeg',
      MediaUrl1: 'https://api.twilio.com/m/2',
      MediaContentType1: 'application/pdf',
      MediaUrl2: 'javascript:alert(1)',
      MediaContentType2: 'image/png',
    };
    expect(parse({ ...wordless, ...media }).events).toMatchObject([
      {
        messageKind: 'image',
        text: null,
        media: [
          { kind: 'image', url: 'https://api.twilio.com/m/1' },
          { kind: 'file', url: 'https://api.twilio.com/m/2' },
        ],
      },
    ]);
  });

  it('is a STOP or a START where Twilio took it for one, and a HELP as it was written', () => {
    const wordsOf = (OptOutType: string, Body: string) => parse({ ...inbound, OptOutType, Body }).events[0]?.text;
    expect(wordsOf('STOP', 'bitte nichts mehr')).toBe('STOP');
    expect(wordsOf('STOP', 'STOP')).toBe('STOP');
    expect(wordsOf('START', 'come back')).toBe('START');
    expect(wordsOf('HELP', 'HELP')).toBe('HELP');
  });

  it.each([
    ['without an id', { MessageSid: '' }, 'no_message_id'],
    ['without a sender', { From: '' }, 'no_sender_or_receiver'],
    ['without a receiver', { To: '' }, 'no_sender_or_receiver'],
  ])('is kept for people to see %s', (_name, given, reason) => {
    expect(parse({ ...inbound, ...given })).toMatchObject({ events: [], quarantined: [{ reason }] });
  });
});

describe('what became of a message of ours', () => {
  const told = (fields: Record<string, string>, url = `/webhooks/sms/status?outbound=${OUTBOUND}`) =>
    parse({ MessageSid: 'SM2', From: SHOP, To: '+15550001111', ...fields }, url);

  it.each([
    [{ MessageStatus: 'delivered' }, { state: 'delivered', reason: '' }],
    [{ MessageStatus: 'read' }, { state: 'read', reason: '' }],
    [{ SmsStatus: 'delivered' }, { state: 'delivered', reason: '' }],
    [
      { MessageStatus: 'undelivered', ErrorCode: '30007' },
      { state: 'failed', reason: 'carrier_blocked' },
    ],
    [
      { MessageStatus: 'failed', ErrorCode: '21610' },
      { state: 'failed', reason: 'opted_out' },
    ],
    [{ MessageStatus: 'failed' }, { state: 'failed', reason: 'refused' }],
  ])('is told by our own id and by that of Twilio: %j', (fields, status) => {
    expect(told({ ...fields } as Record<string, string>).statuses).toEqual([
      { accountExternalId: SHOP, externalMessageId: 'SM2', intentId: OUTBOUND, occurredAtMs: 1000, ...status },
    ]);
  });

  it.each(['accepted', 'scheduled', 'queued', 'sending', 'sent'])('is nothing yet while it is %s', (MessageStatus) => {
    expect(told({ MessageStatus })).toEqual({ events: [], statuses: [], quarantined: [] });
  });

  it('is kept for people to see where the word is new, and has no id of ours where none is given', () => {
    expect(told({ MessageStatus: 'teleported' }).quarantined).toMatchObject([{ reason: 'unknown_status' }]);
    expect(told({ MessageStatus: 'delivered' }, '/webhooks/sms/status?outbound=7').statuses[0]?.intentId).toBeNull();
  });
});

describe('whatever is posted', () => {
  it('is read, kept or refused as a whole, and never breaks anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => {
        const request = { rawBody: Buffer.from(body), headers: {}, receivedAtMs: 1, url: '/webhooks/sms/inbound' };
        try {
          const parsed = parseTwilioWebhook(request, { isAccount: () => false });
          expect(parsed.events.length + parsed.statuses.length + parsed.quarantined.length).toBeLessThanOrEqual(1);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
    );
  });
});
