import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { ConversationRef } from './conversation-gateway.ts';

/** What operators filter by in the Temporal Web UI. Never personal data: these are not encrypted. */
export const SEARCH_ATTRIBUTES = {
  channel: defineSearchAttributeKey('PeykChannel', 'KEYWORD'),
  account: defineSearchAttributeKey('PeykAccount', 'KEYWORD'),
  business: defineSearchAttributeKey('PeykBusiness', 'KEYWORD'),
  mode: defineSearchAttributeKey('PeykMode', 'KEYWORD'),
};

const KEYWORD = 2;

/**
 * Makes the attributes known to the namespace. Resolves to false where the server does not let us (then conversations start
 * without them): they are a comfort, and no reason to leave a customer without an answer.
 */
export async function registerSearchAttributes(client: Client): Promise<boolean> {
  const names = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);
  const known = async (): Promise<boolean> => {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
      namespace: client.options.namespace,
    });
    return names.every((name) => name in (customAttributes ?? {}));
  };
  try {
    if (await known()) return true;
    await client.connection.operatorService.addSearchAttributes({
      namespace: client.options.namespace,
      searchAttributes: Object.fromEntries(names.map((name) => [name, KEYWORD])),
    });
    return await known();
  } catch {
    return false;
  }
}

/** Start-time attributes cost nothing; only the mode is changed later. */
export function searchAttributesOf(ref: ConversationRef): SearchAttributePair[] {
  return [
    { key: SEARCH_ATTRIBUTES.channel, value: ref.channel },
    { key: SEARCH_ATTRIBUTES.account, value: ref.accountId },
    { key: SEARCH_ATTRIBUTES.business, value: ref.businessId },
    { key: SEARCH_ATTRIBUTES.mode, value: 'bot' },
  ];
}
