import { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.ts';
import type { InboundEvent, ParsedWebhook, WebhookRequest } from '../connector.ts';
import { keyFromContent, keyFromProviderId } from '../dedupe-key.ts';
import { capText } from '../inbound-text.ts';
import { parseJsonBody } from '../json-body.ts';
import { readOccurredAt } from '../occurred-at.ts';

/** The account that simulated customers write to, unless the message names another. */
export const SIMULATOR_ACCOUNT = 'simulator';

const idSchema = z
  .union([z.string(), z.number().int()])
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1).max(200));

/** Strict, unlike a provider's: we write these bodies ourselves, so an unknown field is our mistake. */
const bodySchema = z.strictObject({
  account: idSchema.default(SIMULATOR_ACCOUNT),
  conversation: idSchema,
  text: z.string(),
  timestamp: z.union([z.number(), z.string()]).optional(),
  message_id: idSchema.optional(),
});

/**
 * Reads one simulated message.
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
  const { account, conversation, text, timestamp, message_id: messageId } = parsed.data;
  const event: InboundEvent = {
    kind: 'message',
    accountExternalId: account,
    contactExternalId: conversation,
    // Nobody repeats a delivery here, so writing the same words again a moment later is a new message.
    dedupeKey:
      messageId === undefined
        ? keyFromContent('message', [account, conversation, text, timestamp ?? request.receivedAtMs])
        : keyFromProviderId('message', messageId),
    externalMessageId: messageId ?? null,
    messageKind: 'text',
    text: capText(text),
    payload: null,
    media: [],
    ...readOccurredAt(timestamp, request.receivedAtMs),
    readExternalId: null,
  };
  // A simulated message without a time is written now; there is no provider whose clock could be wrong.
  return { events: [timestamp === undefined ? { ...event, timeFlagged: false } : event], quarantined: [] };
}
