const NAMES = 'think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad|seed:think';
/** Begins what a model says to itself, in the spellings of the families of models that leave it in the content. */
const OPENS = [
  `<(?:${NAMES})(?:\\s[^<>]*)?>`,
  '\\[think\\]',
  '◁think▷',
  '<\\|(?:start_thinking|begin_of_thought|begin_of_think)\\|>',
  '<\\|channel>\\s*(?:thought|analysis|commentary)',
  '<\\|channel\\|>(?:analysis|commentary)[^<]*(?:<\\|message\\|>)?',
];
const CLOSES = [
  `</(?:${NAMES})\\s*>`,
  '\\[/think\\]',
  '◁/think▷',
  '<\\|(?:end_thinking|end_of_thought|end_of_think)\\|>',
  '<channel\\|>',
];
/** Ends whatever came before it, thinking or answer: it tells nothing by itself. */
const TURN_END = '<\\|end\\|>';
const MARKS = new RegExp(`(${OPENS.join('|')})|(${CLOSES.join('|')})|${TURN_END}`, 'giu');
const REMAINS = /<\|start\|>assistant|<\|channel\|>final|<\|[a-z_]{1,40}\|>/giu;

/**
 * A completion's content without what the model said to itself. An opening that is never closed takes all that follows, a
 * closing that was never opened all that stands before. Pure; empty when there was nothing but thinking.
 */
export function withoutThinking(content: string): string {
  let kept = '';
  let from = 0;
  let isThinking = false;
  for (const { 0: mark, 1: open, 2: close, index } of content.matchAll(MARKS)) {
    if (!isThinking) kept += content.slice(from, index);
    if (close !== undefined && !isThinking) kept = '';
    isThinking = open !== undefined;
    from = index + mark.length;
  }
  if (!isThinking) kept += content.slice(from);
  return kept.replace(REMAINS, '').trim();
}
