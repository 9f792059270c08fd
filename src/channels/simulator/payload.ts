import { z } from 'zod';
import { InvalidInputError } from '../../platform/errors.ts';
import type { MessageChange } from '../../text/message.ts';
import type { InboundEvent, ParsedWebhook, WebhookRequest } from '../channel.ts';
import { keyFromContent, keyFromProviderId } from '../dedupe-key.ts';
import { capText, cleanText } from '../inbound-text.ts';
import { parseJsonBody } from '../json-body.ts';
import { readOccurredAt } from '../occurred-at.ts';

/** The account that simulated customers write to, unless the message names another. */
export const SIMULATOR_ACCOUNT = 'simulator';

const idSchema = z
  .union([z.string(), z.number().int()])
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1).max(200));

const emojiSchema = z.string().transform(cleanText).pipe(z.string().trim().min(1).max(32));

/** Strict, unlike a provider's: we write these bodies ourselves, so an unknown field is our mistake. */
const bodySchema = z
  .strictObject({
    account: idSchema.default(SIMULATOR_ACCOUNT),
    conversation: idSchema,
    text: z.string().optional(),
    /** An emoji on a message; null takes it back. */
    reaction: z.strictObject({ message_id: idSchema, emoji: emojiSchema.nullable() }).optional(),
    /** What a message says from now on; null takes it back. */
    edit: z.strictObject({ message_id: idSchema, text: z.string().nullable() }).optional(),
    timestamp: z.union([z.number(), z.string()]).optional(),
    message_id: idSchema.optional(),
  })
  .refine(({ text, reaction, edit }) => [text, reaction, edit].filter((part) => part !== undefined).length === 1, {
    path: ['text'],
    message: 'One of text, reaction and edit is needed.',
  });

type SimulatedBody = z.output<typeof bodySchema>;

/**
 * Reads one simulated message, or what a simulated customer does to one.
 * @throws InvalidInputError when the body is no JSON or lacks a field; `fields` names it
 */
export function parseSimulatorMessage(request: WebhookRequest): ParsedWebhook {
  const parsed = bodySchema.safeParse(parseJsonBody(request.rawBody));
  if (!parsed.success) {
    const fields = Object.fromEntries(
      parsed.error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]),
    );
    throw new InvalidInputError('The simulated message is not usable', fields);
  }
  const { timestamp } = parsed.data;
  const change = readChange(parsed.data);
  const event: InboundEvent = {
    ...(change ? changeEvent(parsed.data, change, request.receivedAtMs) : said(parsed.data, request.receivedAtMs)),
    accountExternalId: parsed.data.account,
    isAttributed: true,
    contactExternalId: parsed.data.conversation,
    messageKind: 'text',
    payload: null,
    media: [],
    ...readOccurredAt(timestamp, request.receivedAtMs),
    readExternalId: null,
  };
  // A simulated message without a time is written now; there is no provider whose clock could be wrong.
  const events = [timestamp === undefined ? { ...event, timeFlagged: false } : event];
  return { events, statuses: [], quarantined: [] };
}

function readChange({ reaction, edit }: SimulatedBody): MessageChange | null {
  if (reaction) return { kind: 'reaction', externalId: reaction.message_id, emoji: reaction.emoji };
  if (!edit) return null;
  const { message_id: externalId, text } = edit;
  return text === null ? { kind: 'unsend', externalId } : { kind: 'edit', externalId, text: capText(cleanText(text)) };
}

type Said = Pick<InboundEvent, 'kind' | 'dedupeKey' | 'externalMessageId' | 'text' | 'change'>;

function said({ account, conversation, text = '', timestamp, message_id: id }: SimulatedBody, atMs: number): Said {
  // Nobody repeats a delivery here, so writing the same words again a moment later is a new message.
  const own = keyFromContent('message', [account, conversation, text, timestamp ?? atMs]);
  const dedupeKey = id === undefined ? own : keyFromProviderId('message', id);
  // Every message has an id, so that it can be reacted to and edited.
  const externalMessageId = id ?? `sim-${own.slice(-32)}`;
  return { kind: 'message', dedupeKey, externalMessageId, text: capText(text) };
}

function changeEvent(body: SimulatedBody, change: MessageChange, atMs: number): Said {
  const { account, conversation, timestamp } = body;
  const dedupeKey = keyFromContent(change.kind, [account, conversation, change, timestamp ?? atMs]);
  return { kind: change.kind, dedupeKey, externalMessageId: null, text: null, change };
}
