import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useRef, useState } from 'react';
import { Title, useParams, useTranslate } from 'react-admin';
import { NextSteps } from '../places/NextSteps.tsx';
import { PLACE_TABS_HEIGHT_PX } from '../places/PlaceHead.tsx';
import { ConversationPane } from './ConversationPane.tsx';
import { InboxList } from './InboxList.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** The bar above and some air below; and the notice that no message leaves, while there is one. */
const NOTICE = 'var(--sending-notice-height, 0px)';
const heightOf = (abovePx: number) => `calc(100dvh - ${abovePx}px - ${NOTICE})`;
const HEIGHT = { xs: heightOf(64), sm: heightOf(60) };
/** The list of a phone has the screens of the place above it. */
const LIST_HEIGHT = { xs: heightOf(64 + PLACE_TABS_HEIGHT_PX), sm: heightOf(60 + PLACE_TABS_HEIGHT_PX) };

/** The conversations at the side and one of them in full. A phone shows one or the other. */
export default function InboxPage() {
  const translate = useTranslate();
  const { id } = useParams<{ id?: string }>();
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('md'));
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);

  useShortcuts((key, target) => {
    if (key === '?') setIsHelpOpen(true);
    else if (key === '/') list.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
    else if (key === 'j' || key === 'k') return moveFocus(list.current, key === 'j' ? 1 : -1, target);
    else return false;
    return true;
  });

  return (
    <Box sx={{ display: 'flex', gap: 1, mt: 1, height: isNarrow && !id ? LIST_HEIGHT : HEIGHT, minHeight: 420 }}>
      {!id && <Title title={translate('peyk.place.inbox')} />}
      {!(isNarrow && id) && (
        <Card
          ref={list}
          sx={{ width: isNarrow ? '100%' : { md: 290, lg: 340 }, flexShrink: 0, display: 'flex', minHeight: 0 }}
        >
          <InboxList openId={id ?? null} onHelp={() => setIsHelpOpen(true)} />
        </Card>
      )}
      {id ? <ConversationPane key={id} conversationId={id} hasBack={isNarrow} /> : !isNarrow && <NothingOpen />}
      <ShortcutHelp isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
    </Box>
  );
}

function NothingOpen() {
  const translate = useTranslate();
  return (
    <Card sx={{ flex: 1, display: 'grid', placeItems: 'center', p: 3 }}>
      <Box sx={{ textAlign: 'center', maxWidth: 420 }}>
        <Typography color="text.secondary">{translate('peyk.inbox.nothing_open')}</Typography>
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {translate('peyk.inbox.keys_hint')}
        </Typography>
        <Box sx={{ mt: 3, display: 'flex', justifyContent: 'center' }}>
          <NextSteps place="inbox" />
        </Box>
      </Box>
    </Card>
  );
}

/** Arrows also scroll, so they belong to the list only while it has the focus. Says whether there was somewhere to go. */
function moveFocus(list: HTMLElement | null, step: 1 | -1, target: EventTarget | null): boolean {
  const links = [...(list?.querySelectorAll<HTMLElement>('a[data-conversation]') ?? [])];
  const isElsewhere = target instanceof HTMLElement && target.matches('[role="log"]');
  if (links.length === 0 || isElsewhere) return false;
  const focused = links.indexOf(document.activeElement as HTMLElement);
  const from = focused === -1 ? links.findIndex((link) => link.ariaCurrent === 'true') : focused;
  const next = from === -1 ? 0 : Math.min(Math.max(from + step, 0), links.length - 1);
  links[next]?.focus();
  return true;
}
