import { describe, expect, it } from 'vitest';
import { createChannels, credentialsFromSettings } from '../../../src/channels/create-channels.ts';
import { InvalidInputError } from '../../../src/platform/errors.ts';

const directam = { baseUrl: 'https://gateway.example/webservice', apiKey: 'key', webhookSecret: 'secret' };

describe('createChannels', () => {
  it('makes the channels whose settings are there', () => {
    const channels = createChannels({ directam });
    expect([...channels.keys()]).toEqual(['directam', 'simulator']);
    expect(channels.get('directam')?.name).toBe('directam');
  });

  it('leaves out a channel without settings, and the simulator when it is turned off', () => {
    expect([...createChannels({ directam: null }).keys()]).toEqual(['simulator']);
    expect([...createChannels({ directam, simulator: false }).keys()]).toEqual(['directam']);
  });

  it('refuses settings that cannot work', () => {
    expect(() => createChannels({ directam: { ...directam, baseUrl: 'gateway' } })).toThrow(InvalidInputError);
  });
});

describe('credentialsFromSettings', () => {
  it('gives one set to every account of a channel', async () => {
    const credentials = credentialsFromSettings({ directam });
    expect(await credentials.of('directam', 'any')).toEqual(directam);
    expect(await credentials.owned('directam')).toEqual([{ businessId: null, credentials: directam }]);
  });

  it('gives nothing where nothing is set, nor for a channel that needs none', async () => {
    expect(await credentialsFromSettings({}).of('directam', 'any')).toBeNull();
    const credentials = credentialsFromSettings({ directam });
    for (const channel of ['simulator', 'pigeon']) {
      expect(await credentials.of(channel, 'any')).toBeNull();
      expect(await credentials.owned(channel)).toEqual([]);
    }
  });
});
