import { describe, expect, it } from 'vitest';
import { humanAgentMsOf, windowMsOf } from '../../../src/channels/channel-window.ts';
import { conversationPolicyOf } from '../../../src/composition.ts';
import { loadConfig } from '../../../src/config.ts';
import { HOUR_MS } from '../../support/builders.ts';

const dayLong = { kind: 'sinceCustomerWrote', hoursByDefault: 24, humanAgentDays: 7 } as const;
const none = { kind: 'none' } as const;

describe('windowMsOf', () => {
  it('is the channel’s own unless the settings say another', () => {
    expect(windowMsOf(dayLong, null)).toBe(24 * HOUR_MS);
    expect(windowMsOf(dayLong, HOUR_MS)).toBe(HOUR_MS);
  });

  it('stays without an end where the channel has none, whatever the settings say', () => {
    expect(windowMsOf(none, null)).toBeNull();
    expect(windowMsOf(none, HOUR_MS)).toBeNull();
  });
});

describe('humanAgentMsOf', () => {
  it('is what the channel grants to people, and null where it grants nothing', () => {
    expect(humanAgentMsOf(dayLong)).toBe(7 * 24 * HOUR_MS);
    expect(humanAgentMsOf({ kind: 'sinceCustomerWrote', hoursByDefault: 24 })).toBeNull();
    expect(humanAgentMsOf(none)).toBeNull();
  });
});

describe('conversationPolicyOf', () => {
  it('gives each channel its window', () => {
    const config = loadConfig({ MESSAGING_WINDOW_HOURS: '2' });
    expect(conversationPolicyOf(config).windowMs).toBe(2 * HOUR_MS);
    expect(conversationPolicyOf(config, dayLong).windowMs).toBe(2 * HOUR_MS);
    expect(conversationPolicyOf(config, none).windowMs).toBeNull();
    expect(conversationPolicyOf(loadConfig({})).windowMs).toBe(24 * HOUR_MS);
  });
});
