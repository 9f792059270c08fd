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

const NAMES = Object.values(SEARCH_ATTRIBUTES).map((key) => key.name);

async function areKnown({ connection, options: { namespace } }: Client): Promise<boolean> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return NAMES.every((name) => name in (customAttributes ?? {}));
}

/**
 * Makes the attributes known to the namespace. Resolves to false where the server refuses (then conversations start without
 * them): they are a comfort, and no reason to leave a customer without an answer. Throws when the server is out of reach.
 */
export async function registerSearchAttributes(client: Client): Promise<boolean> {
  const { namespace } = client.options;
  try {
    if (await areKnown(client)) return true;
    const searchAttributes = Object.fromEntries(NAMES.map((name) => [name, KEYWORD]));
    await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    return await areKnown(client);
  } catch (error) {
    return !isRefusal(error);
  }
}

/** True for a server that does not let us ask (Temporal Cloud). Throws what says that it is out of reach. */
function isRefusal(error: unknown): true {
  if (isGrpcServiceError(error) && OUT_OF_REACH.has(error.code)) throw error;
  return true;
}

/**
 * Looks whether the server knows the attributes, and tells it where it does not: its store may be another than a moment ago.
 * Resolves to false while it is being told; to true from then on, and where the server takes none from us.
 */
export function createSearchAttributesCheck(client: Client): () => Promise<boolean> {
  let isRefused = false;
  let isTelling = false;
  const tell = async (): Promise<void> => {
    if (isTelling) return;
    isTelling = true;
    try {
      isRefused = !(await registerSearchAttributes(client));
    } catch {
      // Out of reach again: the next look tries again.
    } finally {
      isTelling = false;
    }
  };
  return async () => {
    if (isRefused || (await areKnown(client).catch(isRefusal))) return true;
    void tell();
    return false;
  };
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
