import type { z } from 'zod';
import type { rerunResultRecord } from '../../../src/replies/reruns/rerun-results.resource.ts';
import type { rerunRecord } from '../../../src/replies/reruns/reruns.resource.ts';

/** A re-run as the API shows it. */
export type Rerun = z.output<typeof rerunRecord>;

export type RerunResult = z.output<typeof rerunResultRecord>;

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
