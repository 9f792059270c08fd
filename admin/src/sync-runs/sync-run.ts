export interface SyncReason {
  code: string;
  count: number;
  samples: { at: string; detail: string }[];
}

/** A run as the API gives it. */
export interface SyncRun {
  id: string;
  source: string;
  state: string;
  phase: string;
  startedBy: string;
  done: number;
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  missing: number;
  removed: number;
  rejected: number;
  reasons: SyncReason[];
  workflowUrl: string | null;
  createdAt: string;
  finishedAt: string | null;
}

export const isUnderWay = ({ state }: SyncRun): boolean => state === 'queued' || state === 'running';
