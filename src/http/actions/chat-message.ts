import { z } from 'zod';
import type { ChannelName } from '../../channels/connector.ts';
import { UnavailableError } from '../../domain/errors.ts';
import { outboundMessageRecord, outboundMessages } from '../resources/outbound-messages.ts';
import { defineAction } from './action.ts';
import { findOwned } from './find-owned.ts';
import { planManual, sendPlanned } from './manual-send.ts';

const MAX_PARTS = 10;

export const chatMessage = defineAction({
  method: 'post',
  path: '/api/chats/:id/message',
  summary: 'A person writes to the customer of a conversation (`id`), which takes it over.',
  permission: 'send-messages',
  body: z.strictObject({
    text: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .refine((value) => !value.includes('\0') && value.isWellFormed(), 'Must be plain text.'),
  }),
  status: 201,
  /** The first message; a text too long for the channel becomes several, all named in `partIds`. */
  response: outboundMessageRecord.extend({ partIds: z.array(z.uuid()) }),
  async run({ deps, principal, id, body }) {
    const conversation = await findOwned(deps, 'conversation', principal, id);
    const connector = deps.connectors.get(conversation.channel as ChannelName);
    if (!connector) throw new UnavailableError(`The channel ${conversation.channel} is switched off.`);
    const parts = connector.fit({ kind: 'text', text: body.text }).slice(0, MAX_PARTS);
    const partIds = await deps.db.$transaction(async (tx) => {
      const ids: string[] = [];
      for (const content of parts) ids.push(await planManual(tx, principal, { conversation, content, action: 'send' }));
      return ids;
    });
    await sendPlanned(deps, principal, conversation, partIds);
    const first = await findOwned(deps, 'outboundMessage', principal, partIds[0] as string);
    return { ...outboundMessages.present(first, deps.presentContext), partIds };
  },
});
