import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyRing, type Place } from '../../../../src/platform/encryption/key-ring.ts';

const place: Place = { table: 'accounts', column: 'credentials', rowId: '0190-1' };
const SECRET = 'a secret, رمز';

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Nothing was thrown.');
}

describe('createKeyRing', () => {
  it('opens what it sealed, in a form that names the key and hides the text', () => {
    const ring = createKeyRing(newKey('k1'));
    const sealed = ring.seal(place, SECRET);
    expect(sealed).toMatch(/^v1:k1:[\w-]+$/);
    expect(ring.open(place, sealed)).toBe(SECRET);
    expect(ring.seal(place, SECRET)).not.toBe(sealed);
  });

  it('seals with the first key and opens with every one', () => {
    const [old, fresh] = [newKey('old'), newKey('fresh')];
    const sealed = createKeyRing(old).seal(place, SECRET);
    const ring = createKeyRing(`${fresh}, ${old}`);
    expect(ring.open(place, sealed)).toBe(SECRET);
    expect(ring.seal(place, SECRET).startsWith(ring.currentPrefix as string)).toBe(true);
    expect(ring.currentPrefix).toBe('v1:fresh:');
  });

  it.each([
    ['of a key that is gone', (sealed: string) => createKeyRing(newKey('k2')).open(place, sealed), 'k1 is not in'],
    ['of another key of that name', (sealed: string) => createKeyRing(newKey('k1')).open(place, sealed), 'another one'],
  ])('refuses a text %s', (_, open, why) => {
    expect(messageOf(() => open(createKeyRing(newKey('k1')).seal(place, SECRET)))).toContain(why);
  });

  it.each([
    ['another row', { ...place, rowId: '0190-2' }],
    ['another column', { ...place, column: 'name' }],
    ['another table', { ...place, table: 'users' }],
  ])('refuses a text that was moved to %s', (_, elsewhere) => {
    const ring = createKeyRing(newKey('k1'));
    expect(messageOf(() => ring.open(elsewhere, ring.seal(place, SECRET)))).toContain('another row');
  });

  it.each([
    ['cut within its nonce', (sealed: string) => sealed.slice(0, 20), 'cut'],
    ['cut at its end', (sealed: string) => sealed.slice(0, -4), 'changed'],
    [
      'with one character changed',
      (sealed: string) => sealed.replace(/.(.)$/, 'A$1').replace(/A(.)$/, 'AB'),
      'changed',
    ],
    ['in no form of ours', () => 'plain text', 'another form'],
    ['with a part more', (sealed: string) => `${sealed}:x`, 'another form'],
    ['with nothing in it', () => '', 'another form'],
  ])('refuses a text %s, and says so without the text', (_, damage, why) => {
    const ring = createKeyRing(newKey('k1'));
    const damaged = damage(ring.seal(place, SECRET));
    const message = messageOf(() => ring.open(place, damaged));
    expect(message).toContain(why);
    expect(message).not.toContain(SECRET);
    if (damaged.length > 20) expect(message).not.toContain(damaged.slice(10));
  });

  it('stores nothing in the clear where there is no key', () => {
    const ring = createKeyRing(null);
    expect(messageOf(() => ring.seal(place, SECRET))).toContain('ENCRYPTION_KEYS');
    expect(messageOf(() => ring.open(place, 'v1:k1:AAAA'))).toContain('k1 is not in');
    expect(ring.currentPrefix).toBeNull();
  });

  it.each([
    ['k1:short', 'entry 1'],
    [`${newKey('k1')},nonsense`, 'entry 2'],
    [`${newKey('k1')},${newKey('k1')}`, 'same id'],
    [`a b:${randomBytes(32).toString('base64')}`, 'entry 1'],
  ])('refuses a faulty ring without showing it', (ring, why) => {
    const message = messageOf(() => createKeyRing(ring));
    expect(message).toContain(why);
    expect(message).not.toContain(ring.split(':')[1]?.slice(0, 12) as string);
  });
});
