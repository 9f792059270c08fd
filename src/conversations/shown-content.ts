import { z } from 'zod';
import type { PresentContext } from '../platform/http/resources/resource.ts';
import type { Media, OutboundContent } from '../text/message.ts';
import { uploadNameOf } from '../text/upload-reference.ts';

/** `shownAt` is our own address for it: whoever looks tells no other host of it. Null: only a link can lead there. */
export const shownMedia = z.object({ kind: z.string(), url: z.string(), shownAt: z.string().nullable() });

type MediaAddress = PresentContext['mediaAddress'];

/** What came, or was sent, as people see it. An uploaded file has no other address than ours. */
export function showMedia(media: readonly Media[], mediaAddress: MediaAddress): z.input<typeof shownMedia>[] {
  return media.map(({ kind, url }) => {
    const isShowable = uploadNameOf(url) !== null || (kind !== 'file' && /^https?:\/\//i.test(url));
    const shownAt = isShowable ? mediaAddress(url) : null;
    return { kind, url: uploadNameOf(url) === null ? url : (shownAt ?? ''), shownAt };
  });
}

/** The file of an outbound content, if it is one. */
export function mediaOf(content: OutboundContent | null): Media[] {
  return content !== null && 'url' in content ? [{ kind: content.kind, url: content.url }] : [];
}

/** A content with our own addresses for what it shows: `imageShownAt` beside the `imageUrl` of cards. */
export function showContent(content: OutboundContent | null, mediaAddress: MediaAddress): unknown {
  if (content?.kind === 'cards')
    return {
      ...content,
      cards: content.cards.map((card) => ({
        ...card,
        ...(card.imageUrl ? { imageShownAt: mediaAddress(card.imageUrl) } : {}),
      })),
    };
  const [media] = showMedia(mediaOf(content), mediaAddress);
  return media ? { ...content, url: media.url } : content;
}
