import { describe, expect, it } from 'vitest';
import { findRestoreSign, isAhead } from '../../../../src/platform/installation/rules.ts';

const server = { systemIdentifier: '7301', timeline: 1 };
const stored = { ...server, generation: 2, watermark: 40n };

describe('findRestoreSign', () => {
  it.each([
    ['nothing was written down yet', { ...stored, systemIdentifier: null, timeline: null }, server, null],
    ['the server may not be asked', stored, { systemIdentifier: null, timeline: null }, null],
    ['the engine remembers as much', stored, server, { generation: 2, watermark: 40n }],
    ['the engine remembers less', stored, server, { generation: 1, watermark: 900n }],
  ])('finds none when %s', (_, row, found, remembered) => {
    expect(findRestoreSign(row, found, remembered)).toBeNull();
  });

  it.each([
    ['backup_loaded', { ...stored, systemIdentifier: 'restored' }, { systemIdentifier: null, timeline: null }, null],
    ['other_server', stored, { ...server, systemIdentifier: '7302' }, null],
    ['other_timeline', stored, { ...server, timeline: 2 }, null],
    ['behind_engine', stored, server, { generation: 2, watermark: 41n }],
    ['behind_engine', stored, server, { generation: 3, watermark: 0n }],
  ] as const)('finds %s', (sign, row, found, remembered) => {
    expect(findRestoreSign(row, found, remembered)).toBe(sign);
  });
});

describe('isAhead', () => {
  it('counts the generation before the watermark, and is false for the same', () => {
    const one = { generation: 1, watermark: 5n };
    expect(isAhead(one, one)).toBe(false);
    expect(isAhead({ generation: 2, watermark: 0n }, one)).toBe(true);
    expect(isAhead(one, { generation: 2, watermark: 0n })).toBe(false);
    expect(isAhead({ generation: 1, watermark: 6n }, one)).toBe(true);
  });
});
