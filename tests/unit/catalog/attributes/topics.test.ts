import { describe, expect, it } from 'vitest';
import { polarityOf } from '../../../../src/catalog/attributes/polarity.ts';
import { factsOfTopic, readTopics } from '../../../../src/catalog/attributes/topics.ts';

describe('readTopics', () => {
  it.each([
    ['are they waterproof?', ['water']],
    ['اسپیکرش ضدآبه؟', ['water']],
    ['how much ram', ['memory']],
    ['ramesh chande', ['memory']],
    ['چند ساعت میمونه رو لباس', ['keeping']],
    ['چقد طول میکشه کارش', ['duration']],
    ['با چی شیرین شده', ['sugar']],
    ['پکیجتون چیا توشه', ['contents']],
  ])('“%s” asks about %j', (text, topics) => {
    expect(readTopics(text).topics).toEqual(topics);
  });

  it.each(['مانتو آوا چنده', 'سلام خوبین', 'do you have black shoes', 'عطر شیرین مردونه'])(
    '“%s” asks about none',
    (text) => {
      expect(readTopics(text).topics).toEqual([]);
    },
  );

  it('leaves what names something', () => {
    expect(readTopics('does the ideapad have an arabic keyboard?').rest).toBe('does the ideapad have an');
  });
});

describe('factsOfTopic', () => {
  const watch = {
    title: 'Watch',
    available: true,
    price: null,
    attributes: [
      { name: 'water resistance', values: ['5 ATM'] },
      { name: 'capacity', values: ['16 GB RAM', '512 GB SSD'] },
    ],
  };

  it('finds them by the name of the attribute, or by what a value says', () => {
    expect(factsOfTopic(watch, 'water')).toEqual([{ name: 'water resistance', values: ['5 ATM'] }]);
    expect(factsOfTopic(watch, 'memory')).toEqual([{ name: 'capacity', values: ['16 GB RAM'] }]);
  });

  it('finds nothing where the shop says nothing', () => {
    expect(factsOfTopic(watch, 'keyboard')).toEqual([]);
  });
});

describe('polarityOf', () => {
  it.each([
    ['گردو داره؟', ['موز و گردو'], 'yes'],
    ['کش داره پارچه‌ش؟', ['دنیم بدون کش'], 'no', ['جنس پارچه']],
    ['is there sugar in it?', ['sugar free'], 'no'],
    ['بدون شکره؟', ['بدون شکر'], 'yes'],
  ])('“%s” of %j is a %s', (question, values, polarity, known: string[] = []) => {
    expect(polarityOf(question, values, known)).toBe(polarity);
  });

  it.each([
    ['وانیل داره؟', ['میوه‌ای شیرین']],
    ['گلوتن داره؟', ['بدون گلوتن نیست']],
    ['چند ساعت میمونه؟', ['حدود ۸ ساعت']],
  ])('“%s” of %j is neither', (question, values) => {
    expect(polarityOf(question, values)).toBe('none');
  });

  it('says neither where the question names something besides, unless that is what it is asked of', () => {
    expect(polarityOf('کیک گردو شکلات هم داره؟', ['موز و گردو'])).toBe('none');
    expect(polarityOf('کیک گردو داره؟', ['موز و گردو'])).toBe('none');
    expect(polarityOf('کیک گردو داره؟', ['موز و گردو'], ['کیک خانگی'])).toBe('yes');
  });
});
