import { createCatalogVoice } from '../../src/catalog/catalog-reply.ts';
import { createChannels } from '../../src/channels/create-channels.ts';
import { ACTIVITY_PORTS, createTurnStages } from '../../src/composition.ts';
import type { Database } from '../../src/platform/database/client.ts';
import { type DecideDeps, decide } from '../../src/replies/decide.ts';
import { createBuiltinModel } from '../../src/replies/models/builtin-model.ts';
import { createPromptStore } from '../../src/replies/prompts/prompts.ts';

const HOUR_MS = 3_600_000;

/** What decides in a worker that asks no model: the features' stages over real rows, and the built-in responder. */
export function decideDepsOf(db: Database): DecideDeps {
  const prompts = createPromptStore();
  const builtin = createBuiltinModel(prompts);
  const catalog = { voice: createCatalogVoice(prompts), crossSellCooldownMs: null };
  return {
    ...ACTIVITY_PORTS,
    db,
    channels: createChannels({}),
    stages: createTurnStages({ db, orders: { limitMs: 24 * HOUR_MS }, catalog }),
    model: builtin,
    builtin,
    followUp: { enabled: false, delayMs: 12 * HOUR_MS, message: null, quietHours: null },
    budget: { contactCallsPerDay: 100, businessCallsPerDay: 1000 },
  };
}

export interface HeardTurn {
  contactId: string;
  conversationId: string;
  messageIds: string[];
  decisionId: string;
}

/** Customers of a business, each with one turn that is decided as a worker decides it. `name` is theirs on the channel. */
export function createCustomers(db: Database, businessId: string) {
  const deps = decideDepsOf(db);
  return async (name: string, ...lines: string[]): Promise<HeardTurn> => {
    const of = { businessId };
    const account =
      (await db.account.findFirst({ where: { ...of, channel: 'simulator' } })) ??
      (await db.account.create({ data: { ...of, channel: 'simulator', externalId: `shop-${businessId}` } }));
    const contact = await db.contact.create({ data: { ...of, accountId: account.id, externalId: name, name } });
    const { id: conversationId } = await db.conversation.create({
      data: { ...of, accountId: account.id, contactId: contact.id, channel: 'simulator', dispatch: { create: of } },
    });
    const messageIds: string[] = [];
    for (const text of lines) {
      const line = { ...of, conversationId, direction: 'in', author: 'customer', text, sentAt: new Date() };
      messageIds.push((await db.message.create({ data: line })).id);
    }
    await decide(
      deps,
      {
        identity: { businessId, conversationId },
        turnId: '1.1',
        messageIds,
        optOut: false,
        supersedesTurnIds: [],
        cancelFollowUpId: null,
        runNumber: 0,
        windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
        decideOnly: true,
      },
      { attempt: 1, signal: new AbortController().signal },
    );
    const { id: decisionId } = await db.decision.findUniqueOrThrow({ where: { turnId: `${conversationId}:1.1` } });
    return { contactId: contact.id, conversationId, messageIds, decisionId };
  };
}
