/** Sentences of the server that people meet in daily work, and our words for them in the reader's language. */
const KNOWN: readonly (readonly [said: RegExp, key: string])[] = [
  [/^Somebody changed this in the meantime/, 'changed_meanwhile'],
  [/^It has been settled in the meantime/, 'settled_meanwhile'],
  [/^It is being sent again already/, 'sent_meanwhile'],
  [/^Only a message that did not arrive can be sent again/, 'not_resendable'],
  [/^Only a pending (follow-up|timer) can be changed/, 'no_longer_pending'],
  [/^The time (is past|must be in the future)/, 'time_in_past'],
  [/^The time must be before the messaging window closes/, 'time_behind_window'],
  [/^The channel \S+ is switched off/, 'channel_off'],
  [/^The workflow engine cannot be reached/, 'engine_away'],
  [/^The conversation refuses this now/, 'conflict'],
  [/^The last active admin must stay/, 'last_admin'],
  [/^Another record has this value, or refers to this one/, 'duplicate'],
  [/^A customer can only change their own messages/, 'no_own_message'],
  [/^This message was taken back/, 'message_unsent'],
  [/^This message has no id on the channel/, 'message_unnamed'],
  [/^The conversation did not answer in time/, 'conversation_slow'],
];

/** What a status means by itself. Others keep the sentence of the server: it knows better what was wrong. */
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  413: 'too_large',
  422: 'refused',
  429: 'too_many',
};

/** The translation key for what the server said, or its own sentence where we have no better words. */
export function toPlainWords(status: number, said: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(said))?.[1] ?? BY_STATUS[status];
  if (known !== undefined) return `peyk.errors.${known}`;
  // Behind a proxy a 5xx may be a page of HTML; a 502 of ours is what the provider said.
  if (status >= 500 && status !== 502) return 'peyk.errors.unavailable';
  return said;
}
