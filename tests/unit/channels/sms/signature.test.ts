import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebhookRequest } from '../../../../src/channels/channel.ts';
import { readFields } from '../../../../src/channels/sms/form.ts';
import { twilioSignature, verifyTwilioSignature } from '../../../../src/channels/sms/signature.ts';
import { SignatureError } from '../../../../src/platform/errors.ts';

const TOKEN = 'token-of-the-account';
const credentials = [
  { provider: 'twilio' as const, accountSid: 'AC11111111', authToken: 'another-token', phoneNumber: '+1' },
  { provider: 'twilio' as const, accountSid: 'AC22222222', authToken: TOKEN, phoneNumber: '+2' },
];
const BASE = 'https://shop.example';
const PATH = '/webhooks/sms/inbound?x=1';
const FORM = 'From=%2B15550001111&To=%2B15552223333&Body=Hello%20there%21&NumMedia=&Body=again';

const requestOf = (body: string, headers: WebhookRequest['headers'] = {}, url = PATH): WebhookRequest => ({
  rawBody: Buffer.from(body),
  headers,
  receivedAtMs: 0,
  url,
});
const sign = (url: string, body = FORM) => twilioSignature(TOKEN, url, readFields(requestOf(body)));
const verify = (signature: string | string[] | undefined, body = FORM, base = BASE, url = PATH) =>
  verifyTwilioSignature(requestOf(body, { 'x-twilio-signature': signature }, url), credentials, base);

describe('twilioSignature', () => {
  it('is that of the example in the documentation of Twilio', () => {
    const fields = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    };
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const given = new Map(Object.entries(fields).map(([name, value]) => [name, [value]]));
    expect(twilioSignature('12345', url, given)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });

  it('has equal values of a name once, in order', () => {
    const of = (values: string[]) => twilioSignature('t', 'https://a.example/', new Map([['A', values]]));
    expect(of(['2', '1', '2'])).toBe(of(['1', '2']));
    expect(of(['1', '2'])).not.toBe(of(['1']));
  });
});

describe('verifyTwilioSignature', () => {
  it('finds whose token signed the public address with its query and all fields', () => {
    expect(verify(sign(`${BASE}${PATH}`))).toBe(credentials[1]);
  });

  it('takes the address with its standard port, and a base with a stroke at its end', () => {
    expect(verify(sign(`${BASE}:443${PATH}`), FORM, `${BASE}/`)).toBe(credentials[1]);
  });

  it('takes JSON whose digest stands in the address, and no other JSON', () => {
    const body = '{"MessageSid":"SM1"}';
    const digest = createHash('sha256').update(body).digest('hex');
    const url = `/webhooks/sms/status?outbound=1&bodySHA256=${digest}`;
    const signature = twilioSignature(TOKEN, `${BASE}${url}`, new Map());
    expect(verify(signature, body, BASE, url)).toBe(credentials[1]);
    expect(() => verify(signature, '{"MessageSid":"SM2"}', BASE, url)).toThrow(SignatureError);
  });

  it.each([
    ['another address', () => sign(`https://other.example${PATH}`)],
    ['another query', () => sign(`${BASE}/webhooks/sms/inbound?x=2`)],
    ['another body', () => sign(`${BASE}${PATH}`, `${FORM}&More=1`)],
    ['nothing', () => undefined],
    ['several values', () => ['a', 'b']],
  ])('refuses a signature of %s', (_name, signature) => {
    expect(() => verify(signature())).toThrow(SignatureError);
  });

  it('refuses everything while no account has a token', () => {
    const request = requestOf(FORM, { 'x-twilio-signature': sign(`${BASE}${PATH}`) });
    expect(() => verifyTwilioSignature(request, [], BASE)).toThrow(SignatureError);
  });
});
