import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Link from '@mui/material/Link';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Media } from '../../../src/domain/message.ts';

/** Only web addresses become links: a customer's file must not bring a `javascript:` one in here. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** The policy of the page loads pictures and films over https only. */
function isShowable({ url, kind }: Media): boolean {
  return kind !== 'file' && /^https:\/\//i.test(url);
}

/** Attachments. */
export function MediaLinks({ media }: { media: readonly Media[] }) {
  return media
    .filter(({ url }) => isWebAddress(url))
    .map((item, index) => <Attachment key={item.url} media={item} number={index + 1} />);
}

/** Loaded only on request: that would tell a foreign server who looks at the chat, and when. */
function Attachment({ media, number }: { media: Media; number: number }) {
  const translate = useTranslate();
  const [isShown, setIsShown] = useState(false);
  const kind = translate(`peyk.message_kind.${media.kind}`, { _: media.kind });
  const name = `${kind} · ${translate('peyk.chat.attachment', { number })}`;
  return (
    <Box sx={{ mt: 0.5 }}>
      {isShown && <Player media={media} name={name} />}
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Link href={media.url} target="_blank" rel="noopener noreferrer" variant="body2">
          {name}
        </Link>
        {!isShown && isShowable(media) && (
          <MuiButton size="small" onClick={() => setIsShown(true)}>
            {translate('peyk.action.show_here')}
          </MuiButton>
        )}
      </Box>
    </Box>
  );
}

function Player({ media: { kind, url }, name }: { media: Media; name: string }) {
  const translate = useTranslate();
  const [isGone, setIsGone] = useState(false);
  if (isGone) return translate('peyk.chat.media_gone');
  const fail = () => setIsGone(true);
  if (kind === 'image') {
    return (
      <Box
        component="img"
        src={url}
        alt={name}
        onError={fail}
        sx={{ maxWidth: '100%', maxHeight: 320, borderRadius: 1 }}
      />
    );
  }
  // Customers' recordings come without captions; the link beside opens them in a program that may have some.
  return kind === 'video' ? (
    <Box
      component="video"
      src={url}
      controls
      onError={fail}
      aria-label={name}
      sx={{ maxWidth: '100%', maxHeight: 320 }}
    />
  ) : (
    <Box component="audio" src={url} controls onError={fail} aria-label={name} sx={{ maxWidth: '100%' }} />
  );
}
