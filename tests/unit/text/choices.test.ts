import { describe, expect, it } from 'vitest';
import { createFit } from '../../../src/channels/fit-content.ts';
import { INSTAGRAM_LIMITS } from '../../../src/channels/instagram-limits.ts';
import { askWithChoices, choiceOf, wordsOfTap } from '../../../src/text/choices.ts';

describe('choices', () => {
  it.each(['بله', 'نه', 'cancel order', '۲'])('are read back as the words %j that they stand for', (words) => {
    expect(wordsOfTap(choiceOf('A title', words).payload)).toBe(words);
    expect(wordsOfTap(choiceOf(words).payload)).toBe(words);
  });

  it.each([null, undefined, '', 'product:1', 'MENU_HELP'])('leave the payload %j of others alone', (payload) => {
    expect(wordsOfTap(payload)).toBeNull();
  });

  it('are a text where there is nothing to choose, or the channel has no quick replies', () => {
    expect(askWithChoices('Which?', [])).toEqual({ kind: 'text', text: 'Which?' });
    const content = askWithChoices('Sure?', [choiceOf('yes')]);
    expect(createFit(INSTAGRAM_LIMITS)(content)).toEqual([content]);
    expect(createFit({ ...INSTAGRAM_LIMITS, maxQuickReplies: 0 })(content)).toEqual([{ kind: 'text', text: 'Sure?' }]);
  });
});
