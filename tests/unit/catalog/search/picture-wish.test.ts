import { describe, expect, it } from 'vitest';
import { readPictureWish } from '../../../../src/catalog/search/picture-wish.ts';
import { readProductQuestion } from '../../../../src/catalog/search/product-question.ts';

describe('readPictureWish', () => {
  it.each([
    'عکسش رو بفرست',
    'عکسشو بفرستید لطفا',
    'میشه عکسش رو ببینم؟',
    'عکس داره؟',
    'عکس؟',
    'می‌خوام عکسش رو ببینم',
    'can you send me a photo of it?',
    'pictures please',
    'do you have any photos?',
    'axesho befrest',
  ])('sees in “%s” that what was spoken of is to be shown', (line) => {
    expect(readPictureWish(line)).toEqual({ rest: '' });
    expect(readProductQuestion([line])).toMatchObject({ wantsPictures: true, isAboutFocus: true, isAlone: true });
  });

  it.each([
    ['عکس کیف مهتاب رو بفرستید', 'کیف مهتاب'],
    ['send me a picture of the Aurora kettle', 'aurora kettle'],
  ])('finds in “%s” what is to be shown', (line, rest) => {
    expect(readPictureWish(line)).toEqual({ rest });
    expect(readProductQuestion([line])).toMatchObject({ wantsPictures: true, isAboutFocus: false });
  });

  it.each([
    'عکسش رو الان می‌فرستم',
    'عکس فرستادم، دیدید؟',
    'I sent you a photo',
    'the one in my picture',
    'رنگش مثل عکس نبود',
    'قیمتش چنده؟',
    'send me the price',
  ])('asks for no picture in “%s”', (line) => {
    expect(readPictureWish(line)).toBeNull();
  });
});
