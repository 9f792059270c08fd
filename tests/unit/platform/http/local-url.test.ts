import { describe, expect, it } from 'vitest';
import { hostInUrl, localUrl } from '../../../../src/platform/http/local-url.ts';

describe('localUrl', () => {
  it('leads this machine to a server on its own address, or on the loopback where it listens on all', () => {
    expect(localUrl('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000');
    expect(localUrl('::', 3000)).toBe('http://127.0.0.1:3000');
    expect(localUrl('192.168.1.5', 80)).toBe('http://192.168.1.5:80');
    expect(new URL(localUrl('::1', 3000)).host).toBe('[::1]:3000');
  });
});

describe('hostInUrl', () => {
  it('puts IPv6 into brackets, and nothing else', () => {
    expect([hostInUrl('fd00::1'), hostInUrl('10.0.0.1')]).toEqual(['[fd00::1]', '10.0.0.1']);
  });
});
