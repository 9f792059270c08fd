import { describe, expect, it } from 'vitest';
import { readRetryAfterMs } from '../../../../src/replies/models/provider-errors.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const read = (headers: Record<string, string>) => readRetryAfterMs(new Headers(headers), NOW);

describe('readRetryAfterMs', () => {
  it.each([
    [{ 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after-ms': '200', 'retry-after': '9' }, 200],
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT' }, 20_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': '999999' }, 600_000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('reads %j as %j', (headers, expected) => {
    expect(read(headers as Record<string, string>)).toBe(expected);
  });
});
