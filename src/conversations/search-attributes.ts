import { type Client, isGrpcServiceError } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { ConversationRef } from './gateway.ts';

/** What operators filter by in the Temporal Web UI. Never personal data: these are not encrypted. */
export const SEARCH_ATTRIBUTES = {
  channel: defineSearchAttributeKey('PeykChannel', 'KEYWORD'),
  account: defineSearchAttributeKey('PeykAccount', 'KEYWORD'),
  business: defineSearchAttributeKey('PeykBusiness', 'KEYWORD'),
  mode: defineSearchAttributeKey('PeykMode', 'KEYWORD'),
};

const KEYWORD = 2;

/**
 * Makes the attributes known to the namespace. Resolves to false where the server refuses (then conversations start without
 * them): they are a comfort, and no reason to leave a customer without an answer. Throws when the server is out of reach.
 */
export async function registerSearchAttributes(client: Client): Promise<boolean> {
  const { namespace } = client.options;
  const names = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);
  const known = async (): Promise<boolean> => {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
    return names.every((name) => name in (customAttributes ?? {}));
  };
  try {
    if (await known()) return true;
    const searchAttributes = Object.fromEntries(names.map((name) => [name, KEYWORD]));
    await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    return await known();
  } catch (error) {
    if (isGrpcServiceError(error) && OUT_OF_REACH.has(error.code)) throw error;
    return false;
  }
}

const GRPC = { cancelled: 1, deadlineExceeded: 4, unavailable: 14 };

/** Answers that say nothing about whether the server would let us. */
const OUT_OF_REACH: ReadonlySet<number> = new Set([GRPC.unavailable, GRPC.deadlineExceeded, GRPC.cancelled]);

/** Start-time attributes cost nothing; only the mode is changed later. */
export function searchAttributesOf(ref: ConversationRef): SearchAttributePair[] {
  return [
    { key: SEARCH_ATTRIBUTES.channel, value: ref.channel },
    { key: SEARCH_ATTRIBUTES.account, value: ref.accountId },
    { key: SEARCH_ATTRIBUTES.business, value: ref.businessId },
    { key: SEARCH_ATTRIBUTES.mode, value: 'bot' },
  ];
}
