import type { Queries } from '../platform/database/client.ts';
import type { ConversationOwner, LearnFromTurn, NewTicket } from './stage.ts';

/** What is written with a decision and belongs to others. The composition root fills it. */
export interface DecisionPorts {
  /** Opens a ticket unless one of this kind is open. */
  openTicket(tx: Queries, owner: ConversationOwner, ticket: NewTicket): Promise<void>;
  followUps: DecisionFollowUps;
  /** Those who want to know what a customer turned out to be interested in. */
  learners: readonly LearnFromTurn[];
}

/** A decision's follow-up has the decision's id. */
export interface DecisionFollowUps {
  insert(tx: Queries, owner: ConversationOwner, followUp: { id: string; text: string; dueAtMs: number }): Promise<void>;
  cancel(tx: Queries, id: string, reason: string): Promise<void>;
  findPending(db: Queries, id: string): Promise<{ id: string; dueAtMs: number } | null>;
}
