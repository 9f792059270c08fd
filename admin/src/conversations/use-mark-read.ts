import { useEffect, useRef } from 'react';
import { useCanAccess } from 'react-admin';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';

/**
 * Marks an open conversation as read, for as long as somebody can see it. Returns what marks it as unread again, which
 * then holds until it is opened anew.
 */
export function useMarkRead(record: Conversation): () => Promise<unknown> {
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'messages', action: 'view' });
  const isKeptUnread = useRef(false);
  const { id, unreadCount } = record;
  useEffect(() => {
    if (!canAccess || unreadCount === 0) return;
    function read() {
      if (document.visibilityState !== 'visible' || isKeptUnread.current) return;
      // A badge that stays a little longer is no reason for a warning; the next change tries again.
      operator.markRead(id).catch(() => undefined);
    }
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [canAccess, unreadCount, id, operator]);
  return () => {
    isKeptUnread.current = true;
    return operator.markUnread(id);
  };
}
