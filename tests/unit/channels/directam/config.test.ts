import { describe, expect, it } from 'vitest';
import { readDirectamConfig } from '../../../../src/channels/directam/config.ts';
import type { DirectamSettings } from '../../../../src/channels/directam/settings.ts';
import { InvalidInputError } from '../../../../src/platform/errors.ts';

const settings: DirectamSettings = {
  baseUrl: 'https://gateway.example/webservice',
  apiKey: 'key',
  webhookSecret: null,
};

describe('readDirectamConfig', () => {
  it('tells what an account needs from what holds for all', () => {
    const { config, credentials } = readDirectamConfig({ ...settings, sendPrefix: '/v2/' });
    expect(credentials).toEqual(settings);
    expect(config).toEqual({
      sendPrefix: 'v2',
      mustBeSigned: false,
      timeoutMs: 20_000,
      authPlaces: ['headers', 'body', 'query'],
    });
  });

  it('shows the key where it is told to', () => {
    expect(readDirectamConfig({ ...settings, authPlacement: ['query'] }).config.authPlaces).toEqual(['query']);
  });

  it.each([
    ['baseUrl', { baseUrl: 'ftp://gateway.example' }],
    ['baseUrl', { baseUrl: 'gateway.example' }],
    ['apiKey', { apiKey: 'secret\r\nx: y' }],
    ['webhookSecret', { webhookSecret: '' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['authPlacement', { authPlacement: [] }],
  ])('refuses an unusable %s without repeating it', (field, change) => {
    const read = () => readDirectamConfig({ ...settings, ...change });
    expect(read).toThrow(InvalidInputError);
    expect(read).toThrow(new RegExp(field));
    expect(read).not.toThrow(/secret\r/);
  });
});
