import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { SIMULATOR_ACCOUNT } from '../../channels/simulator/index.ts';
import { ensureAccount } from '../../db/account-store.ts';
import { ConflictError, UnavailableError } from '../../domain/errors.ts';
import type { Principal } from '../auth/principal.ts';
import { UUID_PATTERN } from '../resources/field.ts';
import { type ActionDeps, defineAction } from './action.ts';
import { findOwned } from './find-owned.ts';

/** The first business has the plain account; each other one its own, for an account belongs to one business. */
async function findSimulatorAccount({ db }: ActionDeps, { businessId }: Principal): Promise<string> {
  const plain = await ensureAccount(db, businessId, 'simulator', SIMULATOR_ACCOUNT);
  if (plain.businessId === businessId) return SIMULATOR_ACCOUNT;
  const own = `${SIMULATOR_ACCOUNT}:${businessId}`;
  await ensureAccount(db, businessId, 'simulator', own);
  return own;
}

/** Whom the simulated customer is: of a conversation, of a name given, or somebody new. */
async function findCustomer(deps: ActionDeps, principal: Principal, conversation: string | undefined) {
  if (conversation === undefined) return { externalId: `sim-${randomBytes(5).toString('hex')}` };
  if (!UUID_PATTERN.test(conversation)) return { externalId: conversation };
  const row = await findOwned(deps, 'conversation', principal, conversation.toLowerCase());
  if (row.channel !== 'simulator') throw new ConflictError('Only simulated conversations can be continued here.');
  return { externalId: row.contact.externalId };
}

export const simulatorMessage = defineAction({
  method: 'post',
  path: '/api/simulator/messages',
  summary: 'Writes as a customer, without any provider. `conversation` is an id or a name; absent: somebody new.',
  permission: 'use-simulator',
  body: z.strictObject({
    conversation: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}._-]{1,64}$/u, 'Letters, digits and . _ - only.')
      .optional(),
    text: z.string().min(1).max(20_000),
  }),
  status: 201,
  response: z.object({
    conversationId: z.uuid(),
    contactId: z.uuid(),
    contactExternalId: z.string(),
    accountId: z.uuid(),
    stored: z.int(),
  }),
  async run({ deps, principal, body }) {
    const connector = deps.connectors.get('simulator');
    if (!connector) throw new UnavailableError('The simulator is switched off.');
    const { externalId } = await findCustomer(deps, principal, body.conversation);
    const account = await findSimulatorAccount(deps, principal);
    const message = { account, conversation: externalId, text: body.text };
    const rawBody = Buffer.from(JSON.stringify(message));
    const { conversationIds, stored } = await deps.inbox.ingest(connector, {
      rawBody,
      headers: {},
      receivedAtMs: deps.clock(),
    });
    const row = await findOwned(deps, 'conversation', principal, conversationIds[0] ?? '');
    const { id: conversationId, contactId, accountId } = row;
    return { conversationId, contactId, contactExternalId: externalId, accountId, stored };
  },
});
