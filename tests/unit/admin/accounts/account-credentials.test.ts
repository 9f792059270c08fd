import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FIELDS, toAccountRequest } from '../../../../admin/src/accounts/account-credentials.ts';
import { CREDENTIALS_BY_CHANNEL } from '../../../../src/accounts/credential-schemas.ts';

describe('CREDENTIAL_FIELDS', () => {
  it.each(Object.entries(CREDENTIAL_FIELDS))('asks for what the server takes of %s', (channel, fields) => {
    const { shape } = CREDENTIALS_BY_CHANNEL[channel as keyof typeof CREDENTIALS_BY_CHANNEL];
    const known = Object.keys(shape).filter((name) => name !== 'provider');
    expect(fields.map(({ name }) => name).sort()).toEqual(known.sort());
  });
});

describe('toAccountRequest', () => {
  it('sends what was filled in, trimmed, with what the form does not ask', () => {
    const credentials = { accountSid: ' AC1 ', authToken: 'x', phoneNumber: '+15551234567', messagingServiceSid: '' };
    expect(toAccountRequest({ channel: 'sms', externalId: '1', credentials })).toEqual({
      channel: 'sms',
      externalId: '1',
      credentials: { provider: 'twilio', accountSid: 'AC1', authToken: 'x', phoneNumber: '+15551234567' },
    });
  });

  it('leaves out what was filled in for another channel before', () => {
    const credentials = { accessToken: 'x', baseUrl: 'https://d.ir', apiKey: null };
    expect(toAccountRequest({ channel: 'instagram', credentials }).credentials).toEqual({ accessToken: 'x' });
  });

  it.each([[undefined], [{}], [{ apiKey: '', baseUrl: null }]])(
    'sends no credentials when none were given: %o',
    (given) => {
      const sent = toAccountRequest({ channel: 'directam', name: 'Shop', ...(given ? { credentials: given } : {}) });
      expect(sent).toEqual({ channel: 'directam', name: 'Shop' });
    },
  );
});
