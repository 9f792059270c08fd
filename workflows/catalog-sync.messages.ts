import { defineQuery } from '@temporalio/workflow';

export interface CatalogSyncInput {
  businessId: string;
  /** Null for all sources. */
  sourceId: string | null;
  /** An actor of the audit log, or schedule. */
  startedBy: string;
  /** The run's row; null when a schedule starts it, which has none yet. */
  runId: string | null;
  /** Somebody says that products that vanished are really gone. */
  force: boolean;
  /** What an earlier run of the workflow handed on. */
  carried: CatalogSyncState | null;
  /** Goes on in a new run of the workflow at this length; the server's own suggestion and 4,000 unless told. */
  maxHistoryEvents?: number;
}

/** Plain data, because it travels from one run of the workflow to the next. */
export interface CatalogSyncState {
  runId: string;
  sourceIds: string[];
  /** Of `sourceIds`. */
  at: number;
  /** The source's list is read; its pages come next. */
  inPages: boolean;
  listed: number;
  failed: number;
}

export interface CatalogSyncProgress {
  runId: string;
  phase: 'beginning' | 'listing' | 'pages' | 'closing' | 'ended';
  source: number;
  sources: number;
  done: number;
  total: number;
}

export const catalogSyncProgressQuery = defineQuery<CatalogSyncProgress>('catalogSyncProgress');
