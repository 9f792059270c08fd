import { describe, expect, it } from 'vitest';
import { addressGroup } from '../../../../src/platform/http/client-address.ts';

describe('addressGroup', () => {
  it('is an IPv4 address itself, also in IPv6 clothes', () => {
    expect(addressGroup('203.0.113.7')).toBe('203.0.113.7');
    expect(addressGroup('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(addressGroup('203.0.113.8')).not.toBe(addressGroup('203.0.113.7'));
  });

  it('is the /64 of an IPv6 address, however it is written', () => {
    expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressGroup('2001:0DB8:1:2:ffff::')).toBe('2001:db8:1:2::/64');
    expect(addressGroup('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
    expect(addressGroup('::1')).toBe('::/64');
  });

  it('leaves alone what is no address', () => {
    expect([addressGroup(''), addressGroup('unix:')]).toEqual(['', 'unix:']);
  });
});
