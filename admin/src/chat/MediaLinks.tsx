import Link from '@mui/material/Link';
import { useTranslate } from 'react-admin';
import type { Media } from '../../../src/domain/message.ts';

/** Only web addresses become links: a customer's file must not bring a `javascript:` one in here. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Attachments as links. They are not loaded here: that would tell a foreign server who looks at the chat, and when. */
export function MediaLinks({ media }: { media: readonly Media[] }) {
  const translate = useTranslate();
  return media.map(({ url, kind }, index) =>
    isWebAddress(url) ? (
      <Link key={url} href={url} target="_blank" rel="noopener noreferrer" variant="body2" sx={{ display: 'block' }}>
        {translate(`peyk.message_kind.${kind}`, { _: kind })} ·{' '}
        {translate('peyk.chat.attachment', { number: index + 1 })}
      </Link>
    ) : null,
  );
}
