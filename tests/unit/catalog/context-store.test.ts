import { describe, expect, it } from 'vitest';
import { consultCatalog } from '../../../src/catalog/context-store.ts';
import type { Consulting } from '../../../src/catalog/findings.ts';
import type { Database } from '../../../src/platform/database/client.ts';
import { readBurst } from '../../../src/replies/reading/reading.ts';
import type { ReplyContext } from '../../../src/replies/reply-context.ts';

/** A database that nobody may ask. */
const untouchable = new Proxy({} as Database, {
  get: () => {
    throw new Error('The database was asked.');
  },
});

const contextOf = (text: string, hasProducts: boolean): ReplyContext => ({
  businessId: '00000000-0000-7000-8000-000000000001',
  businessName: '',
  businessPrompt: '',
  businessLanguage: 'fa',
  timeZone: 'Asia/Tehran',
  aiEnabled: true,
  channel: 'directam',
  contactLanguage: null,
  optedOut: false,
  transcript: [{ author: 'customer', kind: 'text', text, isNew: true }],
  faqs: [],
  hasProducts,
});

const askedOf = (text: string, hasProducts: boolean): Consulting => ({
  context: contextOf(text, hasProducts),
  recentProductIds: () => Promise.reject(new Error('The database was asked.')),
  recentLists: () => Promise.reject(new Error('The database was asked.')),
  reading: readBurst([text]),
  language: 'fa',
});

describe('consultCatalog', () => {
  it('asks the database nothing for a shop without products', async () => {
    const named = await consultCatalog(untouchable, askedOf('قیمت کیف مهتاب چنده؟', false));
    expect(named).toMatchObject({ outcome: 'empty', products: [], isFocus: false });
    expect(await consultCatalog(untouchable, askedOf('https://shop.example/p/1', false))).toBeNull();
    expect(await consultCatalog(untouchable, askedOf('قیمتش چنده؟', false))).toBeNull();
  });

  it('asks it for a shop that has some', async () => {
    const asking = consultCatalog(untouchable, askedOf('قیمت کیف مهتاب چنده؟', true));
    await expect(asking).rejects.toThrow('The database was asked.');
  });
});
