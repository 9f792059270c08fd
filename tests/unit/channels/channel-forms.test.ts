import { describe, expect, it } from 'vitest';
import { CHANNEL_NAMES, channelFormOf } from '../../../src/channels/channel-forms.ts';
import { countSmsSegments } from '../../../src/channels/sms-segments.ts';
import { InvalidInputError } from '../../../src/platform/errors.ts';

describe('channelFormOf', () => {
  it('knows the channels of the list, and no other', () => {
    expect(CHANNEL_NAMES).toEqual(['directam', 'simulator', 'instagram', 'messenger', 'sms']);
    expect(() => channelFormOf('pigeon')).toThrow(InvalidInputError);
  });

  it('turns buttons into lines where a channel has none, and keeps them where it has', () => {
    const content = {
      kind: 'buttons' as const,
      text: 'Choose',
      buttons: [{ type: 'web_url' as const, title: 'Shop', url: 'https://example.com/' }],
    };
    expect(channelFormOf('sms').fit(content)).toEqual([{ kind: 'text', text: 'Choose\nShop https://example.com/' }]);
    expect(channelFormOf('instagram').fit(content)).toMatchObject([{ kind: 'buttons' }]);
  });

  it('splits by each channel’s own limit', () => {
    const parts = (channel: string) =>
      channelFormOf(channel).fit({ kind: 'text', text: 'سلام '.repeat(350).trim() }).length;
    expect([parts('instagram'), parts('messenger'), parts('sms')]).toEqual([4, 1, 2]);
  });
});

describe('countSmsSegments', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(81), 2],
    ['س'.repeat(70), 1],
    ['س'.repeat(71), 2],
  ])('counts %j', (text, segments) => {
    expect(countSmsSegments(text)).toBe(segments);
  });
});
