import { describe, expect, it } from 'vitest';
import { isAngry } from '../../../src/text/anger.ts';

describe('isAngry', () => {
  it.each([
    'این چه افتضاحیه؟ افتضاح!',
    'شما کلاه‌بردارید، كلاهبردار',
    'خجالت بکشید',
    'This is RIDICULOUS',
    'You are scammers!',
  ])('hears it in «%s»', (text) => expect(isAngry(text)).toBe(true));

  it.each(['سلام، قیمت چنده؟', 'بسته‌ام هنوز نرسیده', 'can I return it?', 'دزدگیر ماشین دارید؟', 'خیلی ممنون'])(
    'does not hear it in «%s»',
    (text) => expect(isAngry(text)).toBe(false),
  );
});
