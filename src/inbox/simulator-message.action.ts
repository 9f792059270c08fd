import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ensureAccount } from '../accounts/store.ts';
import { SIMULATOR_ACCOUNT } from '../channels/simulator/index.ts';
import { conversations } from '../conversations/conversations.resource.ts';
import { messages } from '../conversations/messages.resource.ts';
import type { Principal } from '../platform/auth/principal.ts';
import { ConflictError, UnavailableError } from '../platform/errors.ts';
import { type ActionDeps, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { UUID_PATTERN } from '../platform/http/resources/field.ts';
import type { InboxNeeds } from './needs.ts';

const defineAction = actionsOf<InboxNeeds>();

/** The first business has the plain account; each other one its own, for an account belongs to one business. */
async function findSimulatorAccount({ db }: ActionDeps & InboxNeeds, { businessId }: Principal): Promise<string> {
  const plain = await ensureAccount(db, businessId, 'simulator', SIMULATOR_ACCOUNT);
  if (plain.businessId === businessId) return SIMULATOR_ACCOUNT;
  const own = `${SIMULATOR_ACCOUNT}:${businessId}`;
  await ensureAccount(db, businessId, 'simulator', own);
  return own;
}

/** Whom the simulated customer is: of a conversation, of a name given, or somebody new. */
async function findCustomer(deps: ActionDeps & InboxNeeds, principal: Principal, conversation: string | undefined) {
  if (conversation === undefined) return { externalId: `sim-${randomBytes(5).toString('hex')}` };
  if (!UUID_PATTERN.test(conversation)) return { externalId: conversation };
  const row = await findOwned(deps, conversations, principal, conversation.toLowerCase());
  if (row.channel !== 'simulator') throw new ConflictError('Only simulated conversations can be continued here.');
  return { externalId: row.contact.externalId };
}

/** The message that a simulated customer does something to: its channel's id, and whose conversation it is in. */
async function findTarget(deps: ActionDeps & InboxNeeds, principal: Principal, messageId: string, mustBeOwn: boolean) {
  const message = await findOwned(deps, messages, principal, messageId.toLowerCase());
  const { channel, contact } = message.conversation;
  if (channel !== 'simulator') throw new ConflictError('Only simulated conversations can be continued here.');
  if (mustBeOwn && message.direction !== 'in')
    throw new ConflictError('A customer can only change their own messages.');
  if (message.unsentAt !== null) throw new ConflictError('This message was taken back.');
  if (message.externalId === null) throw new ConflictError('This message has no id on the channel.');
  return { messageId: message.externalId, conversation: contact.externalId };
}

/** What the simulator reads, without the account. */
async function toSimulated(
  deps: ActionDeps & InboxNeeds,
  principal: Principal,
  { conversation, text, reaction, edit }: Body,
) {
  if (text !== undefined) {
    const { externalId } = await findCustomer(deps, principal, conversation);
    return { conversation: externalId, text };
  }
  const change = reaction ?? edit;
  const found = await findTarget(deps, principal, change?.messageId ?? '', edit !== undefined);
  if (conversation !== undefined) {
    const { externalId } = await findCustomer(deps, principal, conversation);
    if (externalId !== found.conversation) throw new ConflictError('The message is of another conversation.');
  }
  const target = { message_id: found.messageId };
  return {
    conversation: found.conversation,
    ...(reaction ? { reaction: { ...target, emoji: reaction.emoji } } : {}),
    ...(edit ? { edit: { ...target, text: edit.text } } : {}),
  };
}

/** Loose, for channels differ in how they write one; but no words. */
const isEmoji = (value: string): boolean =>
  /\p{Emoji_Presentation}|\p{Extended_Pictographic}/u.test(value) && !/[\p{L}\p{N}\s]/u.test(value);

const bodySchema = z
  .strictObject({
    conversation: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}._-]{1,64}$/u, 'Letters, digits and . _ - only.')
      .optional(),
    text: z.string().min(1).max(20_000).optional(),
    /** An emoji on a message of either side; null takes it back. */
    reaction: z
      .strictObject({ messageId: z.uuid(), emoji: z.string().max(32).refine(isEmoji, 'Must be an emoji.').nullable() })
      .optional(),
    /** What a message of the customer says from now on; null takes it back. */
    edit: z.strictObject({ messageId: z.uuid(), text: z.string().min(1).max(20_000).nullable() }).optional(),
  })
  .refine(({ text, reaction, edit }) => [text, reaction, edit].filter((part) => part !== undefined).length === 1, {
    path: ['text'],
    message: 'Give one of text, reaction and edit.',
  });

type Body = z.output<typeof bodySchema>;

export const simulatorMessage = defineAction({
  method: 'post',
  path: '/api/simulator/messages',
  summary:
    'Writes as a customer, reacts to a message or edits one, without any provider. ' +
    '`conversation` is an id or a name; absent: somebody new, or the one of the message that is named.',
  permission: 'use-simulator',
  body: bodySchema,
  status: 201,
  response: z.object({
    conversationId: z.uuid(),
    contactId: z.uuid(),
    contactExternalId: z.string(),
    accountId: z.uuid(),
    stored: z.int(),
  }),
  async run({ deps, principal, body }) {
    const simulator = deps.channels.get('simulator');
    if (!simulator) throw new UnavailableError('The simulator is switched off.');
    const simulated = await toSimulated(deps, principal, body);
    const account = await findSimulatorAccount(deps, principal);
    const rawBody = Buffer.from(JSON.stringify({ account, ...simulated }));
    const { conversationIds, stored } = await deps.inbox.ingest(simulator, {
      rawBody,
      headers: {},
      receivedAtMs: deps.clock(),
    });
    const row = await findOwned(deps, conversations, principal, conversationIds[0] ?? '');
    const { id: conversationId, contactId, accountId } = row;
    return { conversationId, contactId, contactExternalId: simulated.conversation, accountId, stored };
  },
});
