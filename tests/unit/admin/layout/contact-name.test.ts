import { describe, expect, it } from 'vitest';
import { contactNameOf } from '../../../../admin/src/layout/contact-name.ts';

const nameOf = (contactName: string) => contactNameOf({ contactName, contactExternalId: '123456' });

describe('contactNameOf', () => {
  it('is the name as it was given, in any script', () => {
    expect(nameOf('سارا \u200cرضایی')).toBe('سارا \u200cرضایی');
    expect(nameOf('Sara')).toBe('Sara');
  });

  it('turns no name around, and falls back to the id where nothing is left', () => {
    expect(nameOf('\u202egnp.exe\u2066')).toBe('gnp.exe');
    expect(nameOf('\u202e ')).toBe('123456');
    expect(nameOf('')).toBe('123456');
  });
});
