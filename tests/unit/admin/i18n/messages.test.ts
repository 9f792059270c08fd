import { describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import { fa } from '../../../../admin/src/i18n/fa.ts';

/** The framework's languages are old-style modules: Node wraps their default export in up to two more. */
async function load(name: string): Promise<object> {
  let found = (await import(name)) as object;
  while ('default' in found) found = found.default as object;
  return found;
}

function texts(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === 'string') found.set(name, value);
    else for (const [inner, text] of texts(value as object, name)) found.set(inner, text);
  }
  return found;
}

const placeholders = (text: string) => [...new Set(text.match(/%\{\w+\}/g))].sort();

describe('en and fa', () => {
  it('have the same keys', () => {
    expect([...texts(fa).keys()].sort()).toEqual([...texts(en).keys()].sort());
  });

  it('name the same placeholders in each text', () => {
    const persian = texts(fa);
    for (const [key, text] of texts(en)) {
      expect([key, placeholders(persian.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('leave no text empty', () => {
    for (const messages of [en, fa]) {
      expect([...texts(messages)].filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });

  it('are written in their own script', () => {
    const isPersian = (text: string) => /[\u0600-\u06ff]/.test(text);
    expect([...texts(en).values()].filter(isPersian)).toEqual([]);
    const foreign = [...texts(fa)].filter(([, text]) => !isPersian(text) && text !== '—');
    expect(foreign).toEqual([]);
  });
});

describe('ra-language-farsi', () => {
  it('covers every text of the English framework', async () => {
    const persian = texts(await load('ra-language-farsi'));
    const english = [...texts(await load('ra-language-english')).keys()];
    expect(english.length).toBeGreaterThan(100);
    expect(english.filter((key) => !persian.has(key))).toEqual([]);
  });
});
