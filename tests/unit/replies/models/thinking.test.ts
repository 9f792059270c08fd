import { describe, expect, it } from 'vitest';
import { withoutThinking } from '../../../../src/replies/models/thinking.ts';

const ANSWER = 'با آب ولرم پاکش کنید.';

describe('withoutThinking', () => {
  it.each([
    ['a closed tag', `<think>\nمشتری می‌پرسد.\n</think>\n\n${ANSWER}`],
    ['another name of it', `<thought>مشتری می‌پرسد.</thought>${ANSWER}`],
    ['an end whose beginning was swallowed', `مشتری می‌پرسد.\n</think>\n\n${ANSWER}`],
    ['one within another', `<think>a<think>b</think>c</think>${ANSWER}`],
    ['brackets', `[THINK]what is asked[/THINK]${ANSWER}`],
    ['channels', `<|channel>thought\nمشتری می‌پرسد.<channel|>${ANSWER}`],
    [
      'messages by channel',
      `<|channel|>analysis<|message|>What is asked?<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}<|return|>`,
    ],
    ['marks at the end of a turn', `${ANSWER}<|im_end|>`],
  ])('keeps only what stands behind %s', (_, content) => {
    expect(withoutThinking(content)).toBe(ANSWER);
  });

  it.each(['<think>\nمشتری می‌پرسد', '<|channel>thought\nمشتری', 'مشتری می‌پرسد.</think>'])(
    'leaves nothing of %j, which is thinking only',
    (content) => {
      expect(withoutThinking(content)).toBe('');
    },
  );

  it.each(['I think <b>so</b>.', 'Think of it: 2 < 3.', 'فکر می‌کنم بله.', '{"text":"Hi"}'])(
    'leaves %j, which only speaks of thinking, as it is',
    (content) => {
      expect(withoutThinking(content)).toBe(content);
    },
  );
});
