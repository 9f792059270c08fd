import type { Difference, RerunAnswer, RerunState } from '../../../src/replies/reruns/rules.ts';

/** A re-run as the API shows it. */
export interface Rerun {
  id: string;
  state: RerunState;
  promptVersion: string;
  model: string;
  days: number;
  conversationId: string | null;
  total: number;
  done: number;
  failed: number;
  changed: number;
  estimatedCostMicros: number | null;
  costMicros: number;
  createdAt: string;
}

export interface RerunResult {
  id: string;
  decisionId: string;
  conversationId: string;
  contactName: string;
  contactExternalId: string;
  state: 'waiting' | 'done' | 'failed';
  question: string;
  before: RerunAnswer;
  after: RerunAnswer | null;
  difference: Difference | '';
  reason: string;
}

export interface RerunEstimate {
  turns: number;
  promptVersion: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  ignoresPrompt: boolean;
}

/** Whether there is more to come. */
export const isOpen = ({ state }: Rerun): boolean => state === 'queued' || state === 'running';
