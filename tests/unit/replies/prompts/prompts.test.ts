import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkReply } from '../../../../src/replies/checks/output-checks.ts';
import { createPromptStore, PROMPTS_DIR } from '../../../../src/replies/prompts/prompts.ts';
import type { Language } from '../../../../src/text/message.ts';
import type { Currency } from '../../../../src/text/money.ts';

const store = createPromptStore();
const folder = mkdtempSync(join(tmpdir(), 'peyk-prompts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function versionedFiles(): string[] {
  return readdirSync(PROMPTS_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(join(PROMPTS_DIR, entry.name)).map((file) => `${entry.name}/${file}`))
    .sort();
}

describe('createPromptStore', () => {
  it('uses the highest version, also beyond nine', () => {
    mkdirSync(join(folder, 'reply'));
    for (const number of [1, 2, 10]) writeFileSync(join(folder, 'reply', `v${number}.en.md`), `version ${number}`);
    const prompt = createPromptStore(folder).prompt('reply', 'en');
    expect([prompt.version, prompt.render({})]).toEqual(['v10', 'version 10']);
  });

  it('reads a file once', () => {
    mkdirSync(join(folder, 'once'));
    writeFileSync(join(folder, 'once', 'v1.en.md'), 'first');
    const cached = createPromptStore(folder);
    cached.prompt('once', 'en');
    writeFileSync(join(folder, 'once', 'v1.en.md'), 'second');
    expect(cached.prompt('once', 'en').render({})).toBe('first');
    expect(createPromptStore(folder).prompt('once', 'en').render({})).toBe('second');
  });

  it('refuses a prompt that does not exist and a tag that is not closed', () => {
    mkdirSync(join(folder, 'broken'));
    writeFileSync(join(folder, 'broken', 'v1.en.md'), '{{#open}} never closed');
    expect(() => createPromptStore(folder).prompt('broken', 'en')).toThrow();
    expect(() => createPromptStore(folder).prompt('reply', 'fa')).toThrow(/no file/);
  });

  it('escapes nothing and reads no variable as a template', () => {
    const text = store
      .prompt('reply', 'en')
      .render({ businessName: 'A & "B" <c> {{canary}}', businessPrompt: '', canary: 'secret' });
    expect(text).toContain('A & "B" <c> {{canary}}');
  });

  it.each(['fa', 'en'] as const)('has the marker, the notes and the word JSON in the %s prompt', (language) => {
    const prompt = store.prompt('reply', language);
    const text = prompt.render({
      businessName: 'Yas',
      businessPrompt: 'be brief',
      canary: 'abc123',
      maxReplyCharacters: 77,
    });
    for (const part of ['Yas', 'be brief', 'abc123', '77', 'JSON']) expect(text).toContain(part);
    expect(prompt.render({ businessName: '', businessPrompt: '', canary: '' })).not.toContain('shop_notes');
  });

  it('asks for exactly the fields that a strict schema needs', () => {
    const schema = store.schema('reply') as { properties: object; required: string[]; additionalProperties: boolean };
    expect(schema.required.toSorted()).toEqual(Object.keys(schema.properties).toSorted());
    expect(schema.additionalProperties).toBe(false);
  });

  it('has the same texts in both languages, none of them empty', () => {
    const [fa, en] = [store.texts('builtin', 'fa').texts, store.texts('builtin', 'en').texts];
    expect(Object.keys(fa)).toEqual(Object.keys(en));
    for (const wordings of [...Object.values(fa), ...Object.values(en)]) {
      expect(wordings.length).toBeGreaterThan(0);
      for (const wording of wordings) expect(Buffer.byteLength(wording)).toBeLessThan(600);
    }
  });
});

describe('released prompts', () => {
  const checksums = JSON.parse(readFileSync(join(PROMPTS_DIR, 'checksums.json'), 'utf8')) as Record<string, string>;

  it('are all listed, and nothing that is gone', () => {
    expect(Object.keys(checksums).sort()).toEqual(versionedFiles());
  });

  it.each(versionedFiles())('%s is as it was released (change it in a new version)', (file) => {
    expect(
      createHash('sha256')
        .update(readFileSync(join(PROMPTS_DIR, file)))
        .digest('hex'),
    ).toBe(checksums[file]);
  });
});

interface ExampleCase {
  /** Title, price in the smallest unit, currency, whether it is available. */
  products?: [string, number, Currency, boolean][];
  name: string;
  language: Language;
  facts: string[];
  customer: string[];
  good: { text: string };
  bad: { text: string; failsCheck: string };
}

describe('example cases of the reply prompt', () => {
  const read = (version: string) =>
    JSON.parse(readFileSync(join(PROMPTS_DIR, `reply/${version}.cases.json`), 'utf8')) as ExampleCase[];
  it.each([...read('v1'), ...read('v2')])('$name', ({ language, facts, products = [], customer, good, bad }) => {
    const known = products.map(([title, amount, currency, available]) => ({
      id: title,
      title,
      brand: null,
      available,
      price: { amount: BigInt(amount), currency },
      oldPrice: null,
      url: null,
    }));
    const context = {
      language,
      maxReplyBytes: 1000,
      grounds: { products: known, sources: facts, asked: customer, said: [] },
      canary: 'x9x9x9',
      promptText: '',
      safeText: 'safe',
    };
    expect(checkReply(good.text, context).checks.filter((check) => !check.passed)).toEqual([]);
    const failed = checkReply(bad.text, context).checks.filter((check) => !check.passed);
    expect(failed.map((check) => check.name)).toEqual([bad.failsCheck]);
  });
});
