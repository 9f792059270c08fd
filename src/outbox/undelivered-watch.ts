import type { Database, Queries } from '../platform/database/client.ts';
import { type Repetition, repeat } from '../platform/repeat.ts';
import type { ConversationOwner, NewTicket } from '../replies/stage.ts';
import { ticketOfUndelivered } from './undelivered.ts';
import {
  BATCH,
  findSettledTickets,
  findUndelivered,
  solveSettledTickets,
  takeNotice,
  type Undelivered,
} from './undelivered-store.ts';

export interface UndeliveredDeps {
  db: Database;
  openTicket: (db: Queries, owner: ConversationOwner, ticket: NewTicket) => Promise<void>;
}

const EVERY_MS = 5000;

/**
 * Makes every message that did not arrive, and that its customer waits for, a person's work, and takes that back where a
 * person has answered or the message turned out to have arrived. May run any number of times, also beside itself.
 */
export async function seeToUndelivered({ db, openTicket }: UndeliveredDeps, now: Date): Promise<void> {
  let found: Undelivered[];
  do {
    found = await findUndelivered(db, now);
    for (const row of found)
      await db.$transaction(async (tx) => {
        if (await takeNotice(tx, row)) await openTicket(tx, row, ticketOfUndelivered(row.state, row.reason));
      });
  } while (found.length >= BATCH);
  for (const conversationId of await findSettledTickets(db)) await solveSettledTickets(db, conversationId);
}

/** Looks every few seconds, whatever the engine and the workers do. */
export function startUndeliveredWatch(deps: UndeliveredDeps, onError: (error: unknown) => void): Repetition {
  return repeat(() => seeToUndelivered(deps, new Date()), EVERY_MS, onError);
}
