import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { conversations } from '../conversations/conversations.resource.ts';
import { ConflictError } from '../platform/errors.ts';
import { type ActionDeps, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { sealCredentials } from './credentials.ts';
import type { AccountNeeds } from './needs.ts';
import { ensureAccount } from './store.ts';

const defineAction = actionsOf<AccountNeeds>();

const PLATFORMS = ['instagram', 'messenger'] as const;
type Platform = (typeof PLATFORMS)[number];

const WORDS = [
  'سلام، ساعت کاری شما چیه؟',
  'Hello, what are your opening hours?',
  'سلام، هزینه‌ی ارسال چقدره؟',
  'Hi! How can I order?',
  'سلام، می‌خوام با پشتیبانی صحبت کنم',
] as const;
/** Webhooks are sorted in much less. */
const SORTED_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Who stands in for Meta. @throws ConflictError where nobody does */
function mockOf({ mockGraph }: AccountNeeds): NonNullable<AccountNeeds['mockGraph']> {
  if (!mockGraph) throw new ConflictError('Customers are made up only where INSTAGRAM_MODE is mock.');
  return mockGraph;
}

/** The business's account at the mock, which is made the first time. */
async function findMockAccount({ db, keyRing }: ActionDeps, businessId: string, platform: Platform): Promise<string> {
  const externalId = `mock-${businessId}`;
  const { id } = await ensureAccount(db, businessId, platform, externalId);
  const credentials = sealCredentials(keyRing, id, { accessToken: `mock-token-${platform}` });
  const where = { id, credentials: null };
  await db.account.updateMany({ where, data: { credentials, status: 'active', name: `Mock ${platform}` } });
  return externalId;
}

async function findChat({ db }: ActionDeps, businessId: string, customer: string): Promise<string | null> {
  const where = { businessId, contact: { externalId: customer } };
  const endsAtMs = Date.now() + SORTED_WITHIN_MS;
  for (;;) {
    const row = await db.conversation.findFirst({ where, select: { id: true } });
    if (row || Date.now() > endsAtMs) return row?.id ?? null;
    await delay(LOOK_AGAIN_MS);
  }
}

export const generateChats = defineAction({
  method: 'post',
  path: '/api/mock/generate-chats',
  summary: 'Makes up customers who write on Instagram or Messenger, where INSTAGRAM_MODE is mock.',
  permission: 'use-simulator',
  query: z.strictObject({
    count: z.coerce.number().int().min(1).max(50).default(5),
    platform: z.enum(PLATFORMS).default('instagram'),
  }),
  status: 201,
  response: z.object({
    generated: z.int(),
    chats: z.array(z.object({ id: z.uuid(), platform: z.enum(PLATFORMS), customer: z.string() })),
  }),
  async run({ deps, principal: { businessId }, query: { count, platform } }) {
    const graph = mockOf(deps);
    const account = await findMockAccount(deps, businessId, platform);
    const chats: { id: string; platform: Platform; customer: string }[] = [];
    for (let number = 0; number < count; number++) {
      const customer = `mock-${randomBytes(6).toString('hex')}`;
      await graph.write({ product: platform, account, customer, text: WORDS[number % WORDS.length] as string });
      const id = await findChat(deps, businessId, customer);
      if (id !== null) chats.push({ id, platform, customer });
    }
    return { generated: chats.length, chats };
  },
});

export const simulateMessage = defineAction({
  method: 'post',
  path: '/api/mock/simulate-message',
  summary: 'Lets the customer of a conversation on Instagram or Messenger write, where INSTAGRAM_MODE is mock.',
  permission: 'use-simulator',
  body: z.strictObject({ chat_id: z.uuid().toLowerCase(), message: z.string().trim().min(1).max(20_000) }),
  status: 201,
  response: z.object({ chat_id: z.uuid(), message_id: z.string() }),
  async run({ deps, principal, body: { chat_id, message } }) {
    const { channel, accountId, contact } = await findOwned(deps, conversations, principal, chat_id);
    const graph = mockOf(deps);
    const product = PLATFORMS.find((platform) => platform === channel);
    if (!product) throw new ConflictError('Only conversations on Instagram and Messenger can be continued here.');
    const { externalId: account } = await findOwned(deps, 'account', principal, accountId);
    const message_id = await graph.write({ product, account, customer: contact.externalId, text: message });
    return { chat_id, message_id };
  },
});
