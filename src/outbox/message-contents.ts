import { z } from 'zod';
import type { Channel } from '../channels/channel.ts';
import type { ChannelLimits } from '../channels/channel-rules.ts';
import type { ConversationRow } from '../conversations/conversations.resource.ts';
import type { Queries } from '../platform/database/client.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../platform/errors.ts';
import { optionalText } from '../platform/http/resources/record-parts.ts';
import { isOfKind } from '../platform/uploads/media-kinds.ts';
import { findUpload, markUploadUsed } from '../platform/uploads/upload-store.ts';
import type { Language, OutboundContent } from '../text/message.ts';
import { uploadNameOf, uploadReference } from '../text/upload-reference.ts';
import type { OutboxNeeds } from './needs.ts';

/** What a person's message consists of, and how it becomes contents for the channel. */

const MEDIA_KINDS = ['image', 'video', 'audio'] as const;
const MAX_MEDIA = 10;

const mediaItem = z
  .strictObject({
    kind: z.enum(MEDIA_KINDS),
    /** Where the provider can fetch it. */
    url: z
      .url({ protocol: /^https?$/, error: 'Must be a web address.' })
      .max(2048)
      .optional(),
    /** Of `POST /api/uploads`. */
    uploadId: z.uuid().toLowerCase().optional(),
  })
  .refine(({ url, uploadId }) => (url === undefined) !== (uploadId === undefined), {
    path: ['url'],
    message: 'Give either a web address or an upload.',
  });

export const messageParts = {
  text: optionalText(20_000).optional(),
  /** Sent before the text, in this order. */
  media: z.array(mediaItem).max(MAX_MEDIA).optional(),
  /** Shown behind the text, with its picture, price and link. */
  productId: z.uuid().optional(),
};

interface MessageParts {
  text?: string | undefined;
  media?: z.output<typeof mediaItem>[] | undefined;
  productId?: string | undefined;
}

export function saysAnything({ text, media = [], productId }: MessageParts): boolean {
  return Boolean(text) || media.length > 0 || productId !== undefined;
}

/** What shows a product on a channel: a card where it has them. Null for a product that is not the business's. */
export type ShowProduct = (asked: {
  businessId: string;
  productId: string;
  language: Language;
  limits: ChannelLimits;
}) => Promise<OutboundContent[] | null>;

type Deps = OutboxNeeds & { db: Queries };

/**
 * The contents of a message, in the order in which they are sent. @throws NotFoundError for an upload or a product that is not the
 * business's, InvalidInputError for one of another kind, ConflictError while providers could not fetch an upload
 */
export async function readContents(
  deps: Deps,
  conversation: ConversationRow,
  channel: Channel,
  { text, media = [], productId }: MessageParts,
): Promise<OutboundContent[]> {
  const { businessId } = conversation;
  const contents: OutboundContent[] = [];
  for (const [index, item] of media.entries()) {
    if (item.uploadId !== undefined && !channel.limits.mediaKinds.includes(item.kind))
      throw invalid(`media.${index}.kind`, 'This channel cannot carry such a file.');
    const url = item.url ?? (await referTo(deps, conversation, channel, item, index));
    contents.push({ kind: item.kind, url });
  }
  if (text) contents.push({ kind: 'text', text });
  if (productId !== undefined) {
    const language = await languageOf(deps.db, conversation);
    const shown = await deps.showProduct({ businessId, productId, language, limits: channel.limits });
    if (!shown) throw new NotFoundError('There is no such product.');
    contents.push(...shown);
  }
  return contents;
}

async function referTo(
  deps: Deps,
  conversation: ConversationRow,
  channel: Channel,
  { uploadId = '', kind }: z.output<typeof mediaItem>,
  index: number,
): Promise<string> {
  const upload = await findUpload(deps.db, conversation.businessId, uploadId);
  if (!upload) throw new NotFoundError('There is no such upload.');
  if (!isOfKind(upload, kind)) throw invalid(`media.${index}.kind`, 'The upload is of another kind.');
  const reference = uploadReference(upload.id, upload.extension);
  if (isReachedFromOutside(channel) && !(await canBeFetched(deps, conversation, channel, reference)))
    throw new ConflictError(
      'The provider could not fetch the file: this server has no public address. Set PUBLIC_BASE_URL.',
    );
  return reference;
}

async function canBeFetched(
  { db, credentials, publicMediaUrl }: Deps,
  { accountId }: ConversationRow,
  channel: Channel,
  reference: string,
): Promise<boolean> {
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { externalId: true } });
  const isLocal = channel.isLocal?.(await credentials.of(channel.name, account.externalId)) ?? false;
  return publicMediaUrl(reference, isLocal) !== null;
}

/** Providers fetch files; a channel that is reached from inside only shows ours as they are. */
export function isReachedFromOutside({ webhooks }: Pick<Channel, 'webhooks'>): boolean {
  return webhooks.length > 0;
}

/** Notes that contents refer to uploads, in the transaction that plans them. */
export async function markUploadsUsed(db: Queries, contents: readonly OutboundContent[]): Promise<void> {
  for (const content of contents) {
    const name = 'url' in content ? uploadNameOf(content.url) : null;
    if (name !== null) await markUploadUsed(db, name.slice(0, name.indexOf('.')));
  }
}

async function languageOf(db: Queries, { contactId, businessId }: ConversationRow): Promise<Language> {
  const contact = await db.contact.findUnique({ where: { id: contactId }, select: { language: true } });
  if (contact?.language) return contact.language as Language;
  const business = await db.business.findUnique({ where: { id: businessId }, select: { language: true } });
  return (business?.language ?? 'fa') as Language;
}

function invalid(field: string, fault: string): InvalidInputError {
  return new InvalidInputError(fault, { [field]: fault });
}
