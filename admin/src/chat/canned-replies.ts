import type { CannedReply } from '../records.ts';

const MAX_PROPOSALS = 8;

/** The replies that a text like `/hel` asks for: by shortcut first, then by words. Null when it asks for none. */
export function findCannedReplies(typed: string, replies: readonly CannedReply[]): CannedReply[] | null {
  const match = /^\/(\S*)$/u.exec(typed);
  if (!match) return null;
  const wanted = (match[1] ?? '').toLowerCase();
  const byShortcut = replies.filter((reply) => reply.shortcut.toLowerCase().startsWith(wanted));
  const byText = replies.filter((reply) => !byShortcut.includes(reply) && reply.text.toLowerCase().includes(wanted));
  return [...byShortcut, ...byText].slice(0, MAX_PROPOSALS);
}

/** Puts a draft of the model behind what somebody typed already: nothing typed is ever lost. */
export function joinDraft(typed: string, draft: string): string {
  return typed.trim() === '' ? draft : `${typed.trimEnd()}\n${draft}`;
}
