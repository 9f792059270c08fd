import type { createRehearsal } from './rehearsal/rehearsal.ts';
import type { RerunPlanner } from './reruns/planner.ts';
import type { TestPlayer } from './test-set/play.ts';

export interface AiQuestion {
  businessId: string;
  conversationId?: string;
  text?: string;
  /** Stored messages that are to be answered now, as if they had just come. */
  answers?: readonly string[];
  /** Beside the shop's own, as if they were published. */
  faqs?: readonly { question: string; answer: string }[];
  /** In the place of the configured model; `builtin` for the responder that needs none. */
  model?: string;
}

/** An answer that somebody only tried, as far as others read it. */
export interface TriedReply {
  proposal: { text: string; action: string };
}

/** What actions on answers work with. */
export interface ReplyNeeds {
  /** What the model would be given, and what it would answer; nothing is sent. */
  simulateReply: (question: AiQuestion) => Promise<{ context: unknown; reply: TriedReply }>;
  /** Only the context, without asking a model. */
  readAiContext: (question: AiQuestion) => Promise<unknown>;
  /** Plans, starts and ends re-runs; null: 503. */
  rerunPlanner: RerunPlanner | null;
  /** Plays conversations of the test set. */
  testPlayer: TestPlayer;
  /** Plays scripts in the simulator; null: 503. */
  rehearse: ReturnType<typeof createRehearsal> | null;
}
