import type { z } from 'zod';
import type { syncRunRecord } from '../../../src/catalog/sync-runs.resource.ts';

export type SyncReason = SyncRun['reasons'][number];

/** A run as the API gives it. */
export type SyncRun = z.output<typeof syncRunRecord>;

export const isUnderWay = ({ state }: SyncRun): boolean => state === 'queued' || state === 'running';
