import { createHash } from 'node:crypto';

/** Longest provider id that is kept readable in a key; a longer one is hashed. */
const MAX_READABLE_ID = 120;

/** Names an event by its provider's id. `scope` keeps apart kinds of events that may share one id. */
export function keyFromProviderId(scope: string, id: string): string {
  return id.length <= MAX_READABLE_ID ? `${scope}:${id}` : `${scope}#${hash([id])}`;
}

/** Names an event that has no id by a SHA-256 of everything that identifies it; the same facts give the same key. */
export function keyFromContent(scope: string, facts: readonly unknown[]): string {
  return `${scope}#${hash(facts)}`;
}

function hash(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
