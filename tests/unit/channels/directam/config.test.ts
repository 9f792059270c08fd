import { describe, expect, it } from 'vitest';
import { type DirectamSettings, readDirectamConfig } from '../../../../src/channels/directam/config.ts';
import { InvalidInputError } from '../../../../src/platform/errors.ts';

const settings: DirectamSettings = {
  baseUrl: 'https://gateway.example/webservice',
  apiKey: 'key',
  webhookSecret: null,
};

describe('readDirectamConfig', () => {
  it('joins base address and prefix whatever their slashes', () => {
    expect(readDirectamConfig(settings).sendUrl).toBe('https://gateway.example/webservice');
    expect(readDirectamConfig({ ...settings, baseUrl: `${settings.baseUrl}/`, sendPrefix: '/v2/' }).sendUrl).toBe(
      'https://gateway.example/webservice/v2',
    );
  });

  it('waits 20 seconds and shows the key everywhere unless told', () => {
    expect(readDirectamConfig(settings)).toMatchObject({ timeoutMs: 20_000, authPlaces: ['headers', 'body', 'query'] });
    expect(readDirectamConfig({ ...settings, authPlacement: ['query'] }).authPlaces).toEqual(['query']);
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
