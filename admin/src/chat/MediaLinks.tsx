import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { ShownMedia } from '../records.ts';
import { Picture } from './Picture.tsx';

/** Only web addresses, and ours of uploaded files, become links: a customer's file must not bring a `javascript:` one in here. */
function isWebAddress(url: string): boolean {
  return /^(?:https?:\/\/|\/media\/)/i.test(url);
}

/** Attachments. They are loaded through our own server, so that nobody else learns who looks at the chat, and when. */
export function MediaLinks({ media }: { media: readonly ShownMedia[] }) {
  return media
    .filter(({ url }) => isWebAddress(url))
    .map((item, index) => <Attachment key={item.url} media={item} number={index + 1} />);
}

function Attachment({ media, number }: { media: ShownMedia; number: number }) {
  const translate = useTranslate();
  const [isGone, setIsGone] = useState(false);
  const kind = translate(`peyk.message_kind.${media.kind}`, { _: media.kind });
  const name = `${kind} · ${translate('peyk.chat.attachment', { number })}`;
  const isShown = media.shownAt !== null && !isGone;
  return (
    <Box sx={{ mt: 0.5 }}>
      {isShown && <Shown media={media} name={name} onGone={() => setIsGone(true)} />}
      {isGone && (
        <Typography variant="body2" color="text.secondary">
          {translate('peyk.chat.media_gone')}
        </Typography>
      )}
      {(!isShown || media.kind !== 'image') && (
        <Link href={media.url} target="_blank" rel="noopener noreferrer" variant="body2">
          {name}
        </Link>
      )}
    </Box>
  );
}

interface ShownProps {
  media: ShownMedia;
  name: string;
  /** It could not be loaded, or our server may not fetch it. */
  onGone: () => void;
}

function Shown({ media: { kind, shownAt }, name, onGone }: ShownProps) {
  const src = shownAt ?? '';
  if (kind === 'image') return <Picture src={src} name={name} onGone={onGone} />;
  // Customers' recordings come without captions; the link below opens them in a program that may have some.
  const player = { src, controls: true, preload: 'none', onError: onGone, 'aria-label': name };
  return kind === 'video' ? (
    <Box component="video" {...player} sx={{ display: 'block', maxWidth: '100%', maxHeight: 320 }} />
  ) : (
    <Box component="audio" {...player} sx={{ display: 'block', width: 280, maxWidth: '100%' }} />
  );
}
