import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Typography from '@mui/material/Typography';
import { Fragment, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatDay } from '../fields/moment.ts';
import { useNow } from '../fields/use-now.ts';
import { ChatBubble } from './ChatBubble.tsx';
import { type ChatEntry, groupByDay } from './chat-entries.ts';
import { DayDivider } from './DayDivider.tsx';
import { NoteBubble } from './NoteBubble.tsx';
import type { useChat } from './use-chat.ts';

interface ChatLogProps {
  chat: ReturnType<typeof useChat>;
  /** Names the region for a screen reader. */
  label: string;
  /** What can be done to each line; nothing, unless told otherwise. */
  toolsOf?: (entry: ChatEntry) => ReactNode;
}

/** Within this many pixels of the end the reader counts as being at it. */
const AT_END_PX = 80;

/** The chat, oldest first. It follows new lines, but not while the reader looks at older ones. */
export function ChatLog({ chat, label, toolsOf }: ChatLogProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const nowMs = useNow(60_000);
  // The name with the year, so that the same day of two years stays two days.
  const days = useMemo(() => groupByDay(chat.entries, (at) => formatDay(at, locale, 0)), [chat.entries, locale]);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);

  useEffect(() => {
    const element = box.current;
    const content = list.current;
    if (!element || !content) return;
    // Fires for new lines, and also when the composer or a notice below takes some of the room.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, []);

  function noteScroll() {
    const element = box.current;
    if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX;
  }

  return (
    <>
      {chat.error ? <Alert severity="warning">{translate('peyk.errors.chat_stale')}</Alert> : null}
      <Box
        ref={box}
        onScroll={noteScroll}
        role="log"
        aria-label={label}
        tabIndex={0}
        sx={{ flex: 1, overflowY: 'auto', minHeight: 240, p: { xs: 1, md: 2 } }}
      >
        {chat.showEarlier && (
          <Box sx={{ textAlign: 'center', mb: 1 }}>
            <MuiButton size="small" onClick={chat.showEarlier}>
              {translate('peyk.action.show_earlier')}
            </MuiButton>
          </Box>
        )}
        {chat.isLoading && !chat.error && <CircularProgress size={24} sx={{ display: 'block', mx: 'auto' }} />}
        {!chat.isLoading && chat.entries.length === 0 && (
          <Typography color="text.secondary">{translate('peyk.chat.empty')}</Typography>
        )}
        <Box
          ref={list}
          component="ol"
          sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 1 }}
        >
          {days.map(({ day, at, entries }) => (
            <Fragment key={day}>
              <DayDivider at={at} nowMs={nowMs} />
              {entries.map((entry) =>
                entry.direction === 'note' ? (
                  <NoteBubble key={entry.id} entry={entry} />
                ) : (
                  <ChatBubble key={entry.id} entry={entry} tools={toolsOf?.(entry)} />
                ),
              )}
            </Fragment>
          ))}
        </Box>
      </Box>
    </>
  );
}
