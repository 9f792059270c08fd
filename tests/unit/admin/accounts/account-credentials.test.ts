import { describe, expect, it } from 'vitest';
import {
  isConnectable,
  isFieldMissing,
  toAccountChanges,
  toAccountRequest,
} from '../../../../admin/src/accounts/account-credentials.ts';
import type { ChannelListing, CredentialField } from '../../../../src/channels/channel-rules.ts';

const field = (name: string, isRequired = true): CredentialField => ({
  name,
  label: { en: name, fa: name },
  isSecret: true,
  isRequired,
});
const listing = (name: string, credentialFields: CredentialField[]) =>
  ({ name, credentialFields, setUp: [], mayShareKeys: false, isOn: true }) as unknown as ChannelListing;
const FIELDS = [field('baseUrl'), field('apiKey'), field('webhookSecret', false)];
const CHANNELS = [listing('directam', FIELDS), listing('pager', [field('token')]), listing('simulator', [])];

describe('isConnectable', () => {
  it('is so of channels that ask for something', () => {
    expect(CHANNELS.filter(isConnectable).map(({ name }) => name)).toEqual(['directam', 'pager']);
  });
});

describe('toAccountRequest', () => {
  it('sends what was filled in, trimmed, with what the form does not ask', () => {
    const credentials = { baseUrl: ' https://d.ir ', apiKey: 'x', webhookSecret: '' };
    expect(toAccountRequest({ channel: 'directam', externalId: '1', credentials }, CHANNELS)).toEqual({
      channel: 'directam',
      externalId: '1',
      credentials: { baseUrl: 'https://d.ir', apiKey: 'x' },
    });
  });

  it('leaves out what was filled in for another channel before', () => {
    const credentials = { token: 'x', baseUrl: 'https://d.ir', apiKey: null };
    expect(toAccountRequest({ channel: 'pager', credentials }, CHANNELS).credentials).toEqual({ token: 'x' });
  });

  it.each([[undefined], [{}], [{ apiKey: '', baseUrl: null }]])(
    'sends no credentials when none were given: %o',
    (given) => {
      const form = { channel: 'directam', name: 'Shop', ...(given ? { credentials: given } : {}) };
      expect(toAccountRequest(form, CHANNELS)).toEqual({ channel: 'directam', name: 'Shop' });
    },
  );
});

describe('toAccountChanges', () => {
  const stored = { channel: 'directam', name: 'Shop', status: 'needs_reconnect', statusNote: 'refused' };

  it('lets new credentials end the state that they are entered for', () => {
    const credentials = { baseUrl: 'https://d.ir', apiKey: 'x' };
    expect(toAccountChanges({ ...stored, credentials }, stored, CHANNELS)).toEqual({ credentials });
  });

  it('sends a name that was emptied, and a state that was chosen', () => {
    const form = { ...stored, name: null, status: 'removed' };
    expect(toAccountChanges(form, stored, CHANNELS)).toEqual({ name: '', status: 'removed' });
  });
});

describe('isFieldMissing', () => {
  const [baseUrl, , secret] = FIELDS as [CredentialField, CredentialField, CredentialField];

  it('is so of a required field, where none may be missing or another is given', () => {
    expect(isFieldMissing(baseUrl, {}, false, FIELDS)).toBe(true);
    expect(isFieldMissing(baseUrl, { apiKey: 'x' }, true, FIELDS)).toBe(true);
    expect(isFieldMissing(baseUrl, { baseUrl: 'x' }, false, FIELDS)).toBe(false);
  });

  it('is not so where all may be empty, and of a field that is not required', () => {
    expect(isFieldMissing(baseUrl, null, true, FIELDS)).toBe(false);
    expect(isFieldMissing(secret, { apiKey: 'x' }, false, FIELDS)).toBe(false);
  });
});
