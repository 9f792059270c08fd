import { describe, expect, it } from 'vitest';
import { findPasswordFault } from '../../../../src/platform/auth/password-rules.ts';

describe('findPasswordFault', () => {
  it.each([
    'correct horse battery',
    'long-enough-1',
    'operator-password',
    'باران روی بام خانه',
    'Tr0ub4dor&3xyz',
    'caf\u00e9-passwort',
  ])('lets %j pass', (password) => {
    expect(findPasswordFault(password, 'sara')).toBeNull();
  });

  it.each([
    ['short', '12345678'],
    ['one short', 'elevenchars'],
    ['a sequence', 'abcdefghijklmnop'],
    ['a sequence of digits', '1234567890123'],
    ['repeated', 'aaaaaaaaaaaaaaaa'],
    ['repeated words', 'sunsunsunsunsun'],
    ['of few letters', 'abababaabbab'],
    ['a known word with a year', 'Password2024!'],
    ['known words only', 'password-letmein-qwerty'],
    ['over a kilobyte', `x1${'ab cd ef '.repeat(200)}`],
  ])('refuses one that is %s', (_why, password) => {
    expect(findPasswordFault(password)).not.toBeNull();
  });

  it('refuses little more than the name, and says nothing of the password', () => {
    expect(findPasswordFault('sara.rezaei99', 'sara.rezaei')).not.toBeNull();
    expect(findPasswordFault('sara.rezaei2024', 'sara.rezaei@shop.ir')).not.toBeNull();
    expect(findPasswordFault('sara.rezaei likes tea', 'sara.rezaei')).toBeNull();
    expect(findPasswordFault('Password2024!')).not.toContain('2024');
  });
});
