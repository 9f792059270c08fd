import { describe, expect, it } from 'vitest';
import { createConnectors } from '../../../src/channels/registry.ts';
import { InvalidInputError } from '../../../src/platform/errors.ts';

const directam = { baseUrl: 'https://gateway.example/webservice', apiKey: 'key', webhookSecret: 'secret' };

describe('createConnectors', () => {
  it('makes the channels whose settings are there', () => {
    const connectors = createConnectors({ directam });
    expect([...connectors.keys()]).toEqual(['directam', 'simulator']);
    expect(connectors.get('directam')?.name).toBe('directam');
  });

  it('leaves out a channel without settings, and the simulator when it is turned off', () => {
    expect([...createConnectors({ directam: null }).keys()]).toEqual(['simulator']);
    expect([...createConnectors({ directam, simulator: false }).keys()]).toEqual(['directam']);
  });

  it('refuses settings that cannot work', () => {
    expect(() => createConnectors({ directam: { ...directam, baseUrl: 'gateway' } })).toThrow(InvalidInputError);
  });
});
