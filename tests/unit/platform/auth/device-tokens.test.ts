import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createDeviceTokens } from '../../../../src/platform/auth/device-tokens.ts';
import { createAccessTokens } from '../../../../src/platform/auth/tokens.ts';

const SECRET = 'a-secret-that-only-tests-know-0123456789';
const DAY_MS = 86_400_000;

describe('createDeviceTokens', () => {
  it('knows the browser of the user for whom it was made, for half a year, under the id that it had', async () => {
    let nowMs = Date.now();
    const devices = createDeviceTokens(SECRET, () => nowMs);
    const token = await devices.sign('sara', null);
    const id = await devices.verify(token, 'sara');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await devices.verify(await devices.sign('sara', id), 'sara')).toBe(id);
    expect(await devices.verify(token, 'ali')).toBeNull();
    nowMs += 181 * DAY_MS;
    expect(await devices.verify(token, 'sara')).toBeNull();
  });

  it('holds no name, and takes no token of another kind or secret', async () => {
    const devices = createDeviceTokens(SECRET, Date.now);
    const token = await devices.sign('sara', null);
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).not.toContain('sara');
    const other = await createDeviceTokens(`${SECRET}x`, Date.now).sign('sara', null);
    const access = await createAccessTokens(SECRET, 30, Date.now).sign({ userId: 'sara', familyId: 'f' });
    const forged = await new SignJWT().setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET));
    for (const wrong of [other, access, forged, '', 'x.y.z']) expect(await devices.verify(wrong, 'sara')).toBeNull();
  });
});
