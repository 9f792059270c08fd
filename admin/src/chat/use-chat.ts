import { useMemo, useState } from 'react';
import { useGetList } from 'react-admin';
import { usePollMs } from '../live/live-state.ts';
import type { Message, Note, OutboundMessage } from '../records.ts';
import { addNotes, type ChatEntry, mergeChat } from './chat-entries.ts';

const PAGE_SIZE = 200;
/** The server gives at most a thousand rows at once; who looks further back searches in the list of messages. */
const MAX_PAGES = 5;
/** While the feed is away, an open chat is still where somebody waits for an answer. */
const AWAY_POLL_MS = 3000;

interface Chat {
  entries: ChatEntry[];
  isLoading: boolean;
  error: unknown;
  /** Null when the chat is shown from its beginning. */
  showEarlier: (() => void) | null;
  refetch: () => void;
}

/** The newest lines of a conversation, kept fresh. They are asked for newest first, so that a long chat shows its end. */
export function useChat(conversationId: string, { withNotes = false } = {}): Chat {
  const [pages, setPages] = useState(1);
  const query = {
    filter: { conversationId },
    pagination: { page: 1, perPage: pages * PAGE_SIZE },
    sort: { field: 'createdAt', order: 'DESC' as const },
  };
  const options = { refetchInterval: usePollMs(AWAY_POLL_MS), placeholderData: <T>(previous: T) => previous };
  const messages = useGetList<Message>('messages', query, options);
  const outbound = useGetList<OutboundMessage>('outbound-messages', query, options);
  const notes = useGetList<Note>('notes', query, { ...options, enabled: withNotes });
  const isWhole = messages.total !== undefined && messages.total <= pages * PAGE_SIZE;
  const entries = useMemo(
    () => addNotes(mergeChat(messages.data ?? [], outbound.data ?? [], isWhole), notes.data ?? [], isWhole),
    [messages.data, outbound.data, notes.data, isWhole],
  );
  return {
    entries,
    isLoading: messages.isPending,
    error: messages.error ?? outbound.error,
    showEarlier: isWhole || messages.isPending || pages === MAX_PAGES ? null : () => setPages((count) => count + 1),
    refetch: () => {
      void messages.refetch();
      void outbound.refetch();
      if (withNotes) void notes.refetch();
    },
  };
}
