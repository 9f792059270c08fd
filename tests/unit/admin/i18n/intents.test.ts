import { expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import { fa } from '../../../../admin/src/i18n/fa.ts';
import { ACTS } from '../../../../src/replies/reading/acts.ts';
import { INTENTS } from '../../../../src/text/intents.ts';

it('what customers want has words in both languages', () => {
  for (const intent of [...INTENTS, ...ACTS, 'product', 'budget', 'extreme', 'total', 'features']) {
    expect(en.peyk.intent, intent).toHaveProperty(intent);
    expect(fa.peyk.intent, intent).toHaveProperty(intent);
  }
});
