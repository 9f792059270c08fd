import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { normaliseText } from '../../src/text/persian.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, 2);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

async function fold(texts: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ folded: string }[]>`
    SELECT peyk_fold(given) AS folded FROM unnest(${texts}::text[]) WITH ORDINALITY AS t(given, n) ORDER BY n`;
  return rows.map(({ folded }) => folded);
}

describe('peyk_fold', () => {
  it('makes of texts what normaliseText makes of them', async () => {
    const texts = [
      'سلام، قیمت‌ها چنده؟',
      'كتابهاي عربي با ي و ك',
      'کیفِ دَستی ۱۲۳ و ٤٥٦',
      'می‌خوام   دو\n\nتا ',
      'ÀÉÎ Straße İstanbul ΣΊΣΥΦΟΣ',
      'ﷺ ﻼ ﴾ ½ ℃ ①',
      'order #12 — 50% _off_',
      '  plain  ASCII\ttext ',
      '👍🏽 عالی 👨‍👩‍👧',
      '\u200cآب\u200c  \u200cدوغِ خیار\u200c ',
      ' \u200cآب \u200c\u200c دوغ  خیار، «أؤإئء ةكىي» ۱۲٣٤ ABC!؟\u200c',
      '',
    ];
    expect(await fold(texts)).toEqual(texts.map(normaliseText));
  });

  it('agrees on every character that people write in, alone and between others', async () => {
    const characters: string[] = [];
    // Latin, Greek, Cyrillic, Hebrew, Arabic with its presentation forms, punctuation, digits of all kinds, emoji.
    for (const [from, to] of [
      [0x20, 0x8ff],
      [0x2000, 0x2fff],
      [0xfb00, 0xffef],
      [0x1f300, 0x1faff],
    ] as const) {
      for (let code = from; code <= to; code += 1) characters.push(`a${String.fromCodePoint(code)} b`);
    }
    const folded = await fold(characters);
    const different = characters.filter((text, at) => folded[at] !== normaliseText(text) && isAssigned(text));
    expect(different.map((text) => (text.codePointAt(1) as number).toString(16))).toEqual([]);
  });
});

/** What is no character yet may become one in a newer Unicode that only one of the two knows. */
const isAssigned = (text: string): boolean => !/\p{Cn}/u.test(text);
