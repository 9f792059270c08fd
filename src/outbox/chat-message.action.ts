import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type ConversationRow, conversations } from '../conversations/conversations.resource.ts';
import { InvalidInputError, UnavailableError } from '../platform/errors.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { keyedId, planOnce, sendPlanned, sendPlannedLater } from './manual-send.ts';
import { markUploadsUsed, messageParts, readContents, saysAnything } from './message-contents.ts';
import type { OutboxNeeds } from './needs.ts';
import { outboundMessageRecord, outboundMessages } from './resource.ts';

const defineAction = actionsOf<OutboxNeeds>();

const MAX_PARTS = 10;

export const chatMessage = defineAction({
  method: 'post',
  path: '/api/chats/:id/message',
  summary:
    'A person writes to the customer of a conversation (`id`), which takes it over: a text, pictures, films or sounds, a product, or several of them. With `sendAt` it waits until then, and takes nothing over.',
  permission: 'send-messages',
  body: z
    .strictObject({
      ...messageParts,
      sendAt: z.iso.datetime({ offset: true }).optional(),
      /** Made up once for a message and given with each try of it: however often it is tried, it is said once. */
      key: z.uuid().optional(),
    })
    .refine(saysAnything, { path: ['text'], message: 'Give a text, media or a product.' }),
  status: 201,
  /**
   * The first message; a text too long for the channel becomes several, all named in `partIds`. `timerId` names what
   * sends them later.
   */
  response: outboundMessageRecord.extend({ partIds: z.array(z.uuid()), timerId: z.uuid().nullable() }),
  async run({ deps, principal, id, body }) {
    const conversation = await findOwned(deps, conversations, principal, id);
    const channel = deps.channels.get(conversation.channel);
    if (!channel) throw new UnavailableError(`The channel ${conversation.channel} is switched off.`);
    const dueAtMs = body.sendAt === undefined ? null : readSendAt(body.sendAt, conversation, deps.clock());
    const contents = await readContents(deps, conversation, channel, body);
    const parts = contents.flatMap((content) => channel.fit(content));
    if (parts.length === 0 || parts.length > MAX_PARTS) throw invalidParts(parts.length);
    const key = body.key?.toLowerCase() ?? uuidv7();
    const sendAt = dueAtMs === null ? {} : { sendAt: new Date(dueAtMs) };
    const rows = await deps.db.$transaction(async (tx) => {
      await markUploadsUsed(tx, parts);
      return planOnce(tx, principal, key, { conversation, parts, ...sendAt });
    });
    const partIds = rows.map((row) => row.id);
    const waiting = rows.filter((row) => row.isPlanned).map((row) => row.id);
    const timer = dueAtMs === null || waiting.length === 0 ? null : { dueAtMs, timerId: keyedId(key, MAX_PARTS) };
    const timerId =
      timer === null
        ? await sendPlanned(deps, conversation, waiting)
        : await sendPlannedLater(deps, principal, conversation, waiting, timer);
    const first = await findOwned(deps, outboundMessages, principal, partIds[0] as string);
    return { ...outboundMessages.present(first, deps.presentContext), partIds, timerId };
  },
});

function invalidParts(count: number): InvalidInputError {
  const fault =
    count === 0
      ? 'Nothing of it can be sent on this channel.'
      : `The message is too long: the channel would send it as ${count} messages, and ${MAX_PARTS} are the most.`;
  return new InvalidInputError(fault, { text: fault });
}

/** Throws InvalidInputError for a time at which the channel would not let the shop write. */
function readSendAt(sendAt: string, { windowExpiresAt }: ConversationRow, nowMs: number): number {
  const dueAtMs = Date.parse(sendAt);
  const fault =
    dueAtMs <= nowMs
      ? 'The time must be in the future.'
      : windowExpiresAt !== null && dueAtMs >= windowExpiresAt.getTime()
        ? 'The time must be before the messaging window closes.'
        : null;
  if (fault !== null) throw new InvalidInputError(fault, { sendAt: fault });
  return dueAtMs;
}
