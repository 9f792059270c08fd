import { z } from 'zod';
import { dateField, integerField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { SYNC_STATES, type SyncState } from './sync-run.ts';

const count = z.int();

export const syncRunRecord = z.object({
  id,
  /** all, the id of one source, or import. */
  source: z.string(),
  state: z.enum(SYNC_STATES),
  phase: z.string(),
  startedBy: z.string(),
  done: count,
  total: count,
  created: count,
  updated: count,
  unchanged: count,
  missing: count,
  removed: count,
  rejected: count,
  reasons: z.array(
    z.object({ code: z.string(), count, samples: z.array(z.object({ at: z.string(), detail: z.string() })) }),
  ),
  workflowId: z.string(),
  workflowUrl: z.string().nullable(),
  startedAt: nullableTime,
  finishedAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

export const syncRuns = defineResource({
  name: 'sync-runs',
  model: 'syncRun',
  summary: 'Runs that read the shop: how far, what they did, and what was not taken and why. Begun by actions.',
  record: syncRunRecord,
  permissions: { read: 'view-conversations' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    source: textField(),
    state: wordField(SYNC_STATES),
    startedBy: textField(),
    created: integerField(),
    updated: integerField(),
    removed: integerField(),
    rejected: integerField(),
    startedAt: dateField({ nullable: true }),
    finishedAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['source'], ['startedBy']],
  present: (row, { temporalUiUrl, temporalNamespace }) => {
    const { cursor: _, businessId: __, ...shown } = row;
    const address = `${temporalUiUrl}/namespaces/${encodeURIComponent(temporalNamespace)}/workflows/${encodeURIComponent(row.workflowId)}`;
    return {
      ...shown,
      state: row.state as SyncState,
      reasons: row.reasons as z.input<typeof syncRunRecord>['reasons'],
      workflowUrl: row.workflowId === '' ? null : address,
      startedAt: isoOrNull(row.startedAt),
      finishedAt: isoOrNull(row.finishedAt),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  },
});
