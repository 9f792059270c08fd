import type { Message, Note, OutboundMessage } from '../records.ts';

/** One bubble: what was said, what we try to say, both sides of the same thing, or a note that only colleagues see. */
export interface ChatEntry {
  id: string;
  direction: 'in' | 'out' | 'note';
  /** For a note the name of the colleague, else one of the fixed words. */
  author: string;
  /** Of a message that a colleague wrote. */
  authorName?: string | null;
  text: string;
  at: string;
  message: Message | null;
  outbound: OutboundMessage | null;
}

function isSameSend(message: Message, outbound: OutboundMessage): boolean {
  if (message.direction !== 'out') return false;
  if (message.outboundId) return message.outboundId === outbound.id;
  return message.externalId !== null && message.externalId === outbound.externalId;
}

/** Its line was written when a person or an echo settled it, which may be hours after it was said. */
function isSettledLater({ state, settledBy }: OutboundMessage): boolean {
  return state === 'sent' && Boolean(settledBy) && settledBy !== 'provider';
}

function fromMessage(message: Message, outbound: OutboundMessage | null): ChatEntry {
  const { id, direction, text } = message;
  const at = outbound && isSettledLater(outbound) ? outbound.createdAt : message.createdAt;
  const author = outbound?.author ?? message.author;
  const authorName = outbound?.authorName ?? message.authorName;
  return { id, direction, author, authorName, text, at, message, outbound };
}

function fromOutbound(outbound: OutboundMessage): ChatEntry {
  const { id, author, authorName, text, createdAt: at } = outbound;
  return { id, direction: 'out', author, authorName, text, at, message: null, outbound };
}

/**
 * The transcript and the send ledger as one chat, oldest first. A send stands beside its own line of the transcript; one
 * that has none yet (waiting, refused, unknown) stands where it was planned. Sends older than the transcript's first
 * loaded line are left out, unless `isWhole` says that the transcript begins there.
 */
export function mergeChat(
  messages: readonly Message[],
  outbound: readonly OutboundMessage[],
  isWhole: boolean,
): ChatEntry[] {
  const open = new Map(outbound.map((row) => [row.id, row]));
  const entries = messages.map((message) => {
    const own = [...open.values()].find((row) => isSameSend(message, row)) ?? null;
    if (own) open.delete(own.id);
    return fromMessage(message, own);
  });
  const firstAt = isWhole ? '' : (messages.map((message) => message.createdAt).sort()[0] ?? '');
  for (const row of open.values()) {
    // What was sent has its line in the transcript, if not among those loaded.
    if (row.state === 'sent' || row.createdAt < firstAt) continue;
    entries.push(fromOutbound(row));
  }
  return entries.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

/** The chat with the notes where they were written. Notes from before the loaded part are left out. */
export function addNotes(entries: readonly ChatEntry[], notes: readonly Note[], isWhole: boolean): ChatEntry[] {
  const firstAt = isWhole ? '' : (entries[0]?.at ?? '');
  const shown = notes
    .filter((note) => note.createdAt >= firstAt)
    .map(({ id, authorName, text, createdAt: at }): ChatEntry => {
      return { id, direction: 'note', author: authorName, text, at, message: null, outbound: null };
    });
  return [...entries, ...shown].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

/** The chat in days of the reader, each with its first line's time, oldest first. */
export function groupByDay(entries: readonly ChatEntry[], dayOf: (iso: string) => string) {
  const days: { day: string; at: string; entries: ChatEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, at: entry.at, entries: [entry] });
  }
  return days;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
