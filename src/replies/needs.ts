import type { createRehearsal } from './rehearsal/rehearsal.ts';
import type { RerunPlanner } from './reruns/planner.ts';

export interface AiQuestion {
  businessId: string;
  conversationId?: string;
  text?: string;
  /** Stored messages that are to be answered now, as if they had just come. */
  answers?: readonly string[];
}

/** What actions on answers work with. */
export interface ReplyNeeds {
  /** What the model would be given, and what it would answer; nothing is sent. */
  simulateReply: (question: AiQuestion) => Promise<{ context: unknown; reply: unknown }>;
  /** Only the context, without asking a model. */
  readAiContext: (question: AiQuestion) => Promise<unknown>;
  /** Plans, starts and ends re-runs; null: 503. */
  rerunPlanner: RerunPlanner | null;
  /** Plays scripts in the simulator; null: 503. */
  rehearse: ReturnType<typeof createRehearsal> | null;
}
