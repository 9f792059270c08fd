import type { OutboundContent, QuickReply } from './message.ts';

/** Questions with a few answers: a tap on one of them is read as if its words had been written. */

const PREFIX = 'answer:';

/** An answer to choose. `words` are what is read when it is tapped; the title's own where there are none. */
export function choiceOf(title: string, words: string = title): QuickReply {
  return { title, payload: `${PREFIX}${words}` };
}

/** A question with its answers to choose from; a text where there are none. */
export function askWithChoices(text: string, choices: readonly QuickReply[]): OutboundContent {
  return choices.length === 0 ? { kind: 'text', text } : { kind: 'quick_replies', text, quickReplies: [...choices] };
}

/** The words that a tapped answer of ours stands for; null for a payload of anybody else's. */
export function wordsOfTap(payload: string | null | undefined): string | null {
  return payload?.startsWith(PREFIX) ? payload.slice(PREFIX.length) : null;
}
