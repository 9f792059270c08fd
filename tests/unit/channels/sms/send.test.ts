import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import { fa } from '../../../../admin/src/i18n/fa.ts';
import { SMS_REASONS } from '../../../../src/channels/sms/errors.ts';
import { createSmsChannel } from '../../../../src/channels/sms/index.ts';
import { ChannelOutcomeUnknownError, ChannelRejectedError } from '../../../../src/platform/errors.ts';
import { type FakeTwilio, startFakeTwilio } from '../../../support/fake-twilio.ts';

let twilio: FakeTwilio;
beforeAll(async () => {
  twilio = await startFakeTwilio();
});
afterAll(() => twilio.close());
beforeEach(() => twilio.behave('ok'));

const credentials = {
  provider: 'twilio' as const,
  accountSid: 'AC12345678',
  authToken: 'secret-token',
  phoneNumber: '+1555',
};
const send = (more: object = {}) =>
  createSmsChannel({
    apiBaseUrl: twilio.url,
    publicBaseUrl: 'https://shop.example/',
    optOutHandledBy: 'carrier',
    account: null,
  }).send({
    accountExternalId: '+1555',
    contactExternalId: '+1777',
    content: { kind: 'text', text: 'سلام & hello+' },
    intentId: 'our-id',
    credentials,
    ...more,
  });

describe('a send by Twilio', () => {
  it('is one form with the sender, the words as they are and where to tell what became of it', async () => {
    const receipt = await send();
    const sent = twilio.received.at(-1);
    expect(receipt).toEqual({ externalId: sent?.sid, httpStatus: 201 });
    expect(sent).toMatchObject({
      path: '/2010-04-01/Accounts/AC12345678/Messages.json',
      to: '+1777',
      from: '+1555',
      body: 'سلام & hello+',
      statusCallback: 'https://shop.example/webhooks/sms/status?outbound=our-id',
      authorization: `Basic ${Buffer.from('AC12345678:secret-token').toString('base64')}`,
    });
  });

  it('goes by the messaging service where there is one', async () => {
    await send({ credentials: { ...credentials, messagingServiceSid: 'MG12345678' } });
    expect(twilio.received.at(-1)?.from).toBe('MG12345678');
  });

  it.each([
    [{ status: 400, code: 21610 }, 'opted_out'],
    [{ status: 400, code: 21211 }, 'invalid_number'],
    [{ status: 401, code: 20003 }, 'bad_api_key'],
    [{ status: 400, code: 99999 }, 'refused'],
  ])('is refused for good by %j', async (behaviour, reason) => {
    twilio.behave(behaviour);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChannelRejectedError);
    expect(error).toMatchObject({ reason });
    expect(String(error)).not.toContain('secret-token');
  });

  it('may be repeated where Twilio says that it did nothing, after the time it names', async () => {
    twilio.behave({ status: 429, code: 20429, retryAfter: 3 });
    await expect(send()).rejects.toMatchObject({ code: 'channel_unavailable', retryAfterMs: 3000 });
  });

  it.each([['drop' as const], [{ status: 500, code: 0 }]])('is of unknown outcome after %j', async (behaviour) => {
    twilio.behave(behaviour);
    await expect(send()).rejects.toBeInstanceOf(ChannelOutcomeUnknownError);
  });

  it('has words in both languages for each refusal', () => {
    for (const reason of SMS_REASONS) {
      expect(en.peyk.reason, reason).toHaveProperty(reason);
      expect(fa.peyk.reason, reason).toHaveProperty(reason);
    }
  });

  it('needs credentials', async () => {
    await expect(send({ credentials: null })).rejects.toMatchObject({ reason: 'not_configured' });
  });
});
