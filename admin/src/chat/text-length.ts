import type { ChannelLimits } from '../../../src/channels/channel-rules.ts';

export type TextLimit = Pick<ChannelLimits, 'maxText' | 'textUnit'>;

/** As the server: more messages than these are not one message any more. */
const MAX_MESSAGES = 10;
const encoder = new TextEncoder();

export interface TextLength {
  /** At least so many: texts are cut between sentences and words, so it may become one more. */
  messages: number;
  max: number;
  isTooLong: boolean;
}

/** What a text becomes on a channel. */
export function lengthOf(text: string, { maxText, textUnit }: TextLimit): TextLength {
  const units = textUnit === 'bytes' ? encoder.encode(text).length : text.length;
  const messages = Math.ceil(units / maxText);
  return { messages, max: MAX_MESSAGES, isTooLong: messages > MAX_MESSAGES };
}
