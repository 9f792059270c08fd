import { ConversationLink } from '../fields/ConversationLink.tsx';
import { type AuditEntry, conversationOf } from './audit.ts';

/** What a change was about, as it was called then; a link where it has a conversation. */
export function SubjectName({ entry }: { entry: AuditEntry }) {
  const name = entry.subject || '—';
  const conversationId = conversationOf(entry);
  return conversationId === null ? <bdi>{name}</bdi> : <ConversationLink conversationId={conversationId} name={name} />;
}
