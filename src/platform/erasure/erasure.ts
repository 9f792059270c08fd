import type { Database, Queries } from '../database/client.ts';

/** A customer whose data is to be forgotten. */
export interface ErasedContact {
  businessId: string;
  contactId: string;
  /** Empty: nobody ever wrote. */
  conversationIds: string[];
  /** By which the channel knows them. */
  externalId: string;
}

/** What a feature forgets of a customer. Rows that hang on the contact or its conversations go with those and need no rule. */
export interface ErasureRule {
  /** What is counted, as reports name it. */
  name: string;
  /** Runs in one transaction with the others, before the contact itself is removed. Returns how many rows it changed. */
  forget(tx: Queries, contact: ErasedContact): Promise<number>;
}

class DryRun extends Error {}

/**
 * Runs all rules, in their order, or none of them. With `dryRun` everything is done and taken back. Returns the number of rows by
 * rule. May be repeated.
 */
export async function erase(
  db: Database,
  rules: readonly ErasureRule[],
  contact: ErasedContact,
  { dryRun, afterwards }: { dryRun: boolean; afterwards?: (tx: Queries) => Promise<void> },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  try {
    await db.$transaction(async (tx) => {
      // Before anything that hangs on it, as everybody does.
      await tx.$queryRaw`
        SELECT id FROM conversations WHERE id = ANY(${contact.conversationIds}::uuid[]) ORDER BY id FOR UPDATE`;
      for (const { name, forget } of rules) counts[name] = await forget(tx, contact);
      await afterwards?.(tx);
      if (dryRun) throw new DryRun();
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  return counts;
}

/** A regular expression of PostgreSQL that finds this text where it is not part of a longer word or number. */
export function wholeWord(text: string): string {
  return `(^|[^[:alnum:]_])${text.replace(/[^\p{L}\p{N}_]/gu, String.raw`\$&`)}($|[^[:alnum:]_])`;
}
