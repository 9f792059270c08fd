import { describe, expect, it } from 'vitest';
import { postReference } from '../../../src/catalog/post-reference.ts';

describe('postReference', () => {
  it.each([
    'https://www.instagram.com/p/C9abc_D-1/',
    'https://instagram.com/p/C9abc_D-1?igsh=MzRlODBiNWFlZA==',
    'http://m.instagram.com/yas.shop/p/C9abc_D-1/?img_index=2',
    'https://www.instagram.com/reel/C9abc_D-1/?utm_source=ig_web_copy_link#x',
    ' https://instagr.am/p/C9abc_D-1 ',
  ])('knows one post in %s', (address) => {
    expect(postReference(address)).toBe('ig:C9abc_D-1');
  });

  it.each([
    ['https://www.instagram.com/stories/yas.shop/3141592653589793/', 'ig:3141592653589793'],
    ['https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=17951&signature=abc', 'id:17951'],
    ['https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=17951&signature=other', 'id:17951'],
    ['https://www.yas.test/lookbook/?utm_source=ig', 'yas.test/lookbook'],
    ['Summer-Ad-1', 'id:summer-ad-1'],
  ])('tells %s by what stays the same in it', (post, reference) => {
    expect(postReference(post)).toBe(reference);
  });

  it.each(['', '  ', 'two words', 'https://', 'http://[', 'x'.repeat(2000)])('takes %j for no post', (post) => {
    expect(postReference(post)).toBeNull();
  });

  it('does not take another post for the same, nor a page that only looks like Instagram', () => {
    expect(postReference('https://www.instagram.com/p/C9abc_D-2/')).not.toBe('ig:C9abc_D-1');
    expect(postReference('https://notinstagram.com/p/C9abc_D-1')).not.toBe('ig:C9abc_D-1');
  });
});
