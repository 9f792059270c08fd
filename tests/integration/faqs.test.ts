import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaqMatcher, MAX_FAQS } from '../../src/faqs/faq-match.ts';
import { loadReplyContext } from '../../src/replies/context-store.ts';
import { loadShopContext } from '../../src/replies/simulate-reply.ts';
import { type ActivityLab, openActivityLab } from '../support/activity-lab.ts';

let lab: ActivityLab;
beforeAll(async () => {
  lab = await openActivityLab();
});
afterAll(async () => {
  await lab.close();
});

describe('a shop with more questions than are read', () => {
  it('is answered from the same ones, the oldest, for a customer, in a rehearsal and by rules', async () => {
    const talk = await lab.talk(['Hello']);
    const { businessId } = talk;
    const words = new Map([
      [MAX_FAQS - 1, 'parking'],
      [MAX_FAQS, 'elevator'],
    ]);
    const rows = Array.from({ length: MAX_FAQS + 5 }, (_, n) => ({
      question: `${words.get(n) ?? `filler${n}`}?`,
      answer: `answer ${n}`,
    }));
    for (const row of rows) await lab.db.faq.create({ data: { businessId, language: 'en', ...row } });
    const oldest = rows.slice(0, MAX_FAQS);
    expect((await loadReplyContext(lab.db, talk.conversationId, talk.messageIds))?.faqs).toEqual(oldest);
    expect((await loadShopContext(lab.db, businessId)).faqs).toEqual(oldest);
    const match = createFaqMatcher();
    expect(match('parking', rows)?.answer).toBe(`answer ${MAX_FAQS - 1}`);
    expect(match('elevator', rows)).toBeNull();
  });
});
