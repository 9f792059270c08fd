import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../../../src/platform/auth/passwords.ts';
import { createFamilyId, createRefreshToken, familyStartMs, hashToken } from '../../../../src/platform/auth/tokens.ts';

describe('familyStartMs', () => {
  it('reads back when a family was made', () => {
    for (const now of [0, 1_735_651_200_123, Date.now()]) expect(familyStartMs(createFamilyId(now))).toBe(now);
  });
});

describe('createRefreshToken', () => {
  it('is 256 random bits, and its hash tells it apart', () => {
    const [one, two] = [createRefreshToken(), createRefreshToken()];
    expect(Buffer.from(one, 'base64url')).toHaveLength(32);
    expect(hashToken(one)).not.toBe(hashToken(two));
    expect(hashToken(one)).toBe(hashToken(one));
  });
});

describe('verifyPassword', () => {
  it('takes the right password in any Unicode form, and no other', async () => {
    const stored = await hashPassword('re\u0301sume\u0301');
    expect(await verifyPassword(stored, 'r\u00e9sum\u00e9')).toBe(true);
    expect(await verifyPassword(stored, 'resume')).toBe(false);
  });

  it('refuses everything for a user that does not exist or has no hash, in about the time of a real check', async () => {
    for (const stored of [null, '', 'none', 'anything']) expect(await verifyPassword(stored, 'anything')).toBe(false);
    expect(await verifyPassword(null, '')).toBe(false);
  });
});
