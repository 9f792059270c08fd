import { z } from 'zod';
import { dateField, integerField, textField, uuidField, wordField } from '../../platform/http/resources/field.ts';
import { id, isoOrNull, nullableId, nullableTime, time } from '../../platform/http/resources/record-parts.ts';
import { defineResource } from '../../platform/http/resources/resource.ts';
import { RERUN_STATES } from './rules.ts';

export const rerunRecord = z.object({
  id,
  state: z.enum(RERUN_STATES),
  promptVersion: z.string(),
  /** Empty: as configured. */
  model: z.string(),
  days: z.int(),
  conversationId: nullableId,
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  /** Answers that differ from those of then. */
  changed: z.int(),
  /** Millionths of a dollar; null where the model's price is not known. */
  estimatedCostMicros: z.int().nullable(),
  costMicros: z.int(),
  createdBy: z.string(),
  startedAt: nullableTime,
  finishedAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

export const reruns = defineResource({
  name: 'reruns',
  model: 'rerun',
  summary: 'Recorded turns thought over again with another prompt or model. Nothing of it is sent.',
  record: rerunRecord,
  permissions: { read: 'manage-prompts' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    state: wordField(RERUN_STATES),
    promptVersion: textField(),
    model: textField(),
    conversationId: uuidField({ nullable: true }),
    total: integerField(),
    done: integerField(),
    changed: integerField(),
    createdAt: dateField(),
    finishedAt: dateField({ nullable: true }),
  },
  search: [['promptVersion'], ['model']],
  subject: ({ promptVersion, model }) => `${promptVersion} ${model}`.trim(),
  present: (row) => ({
    id: row.id,
    state: row.state as (typeof RERUN_STATES)[number],
    promptVersion: row.promptVersion,
    model: row.model,
    days: row.days,
    conversationId: row.conversationId,
    total: row.total,
    done: row.done,
    failed: row.failed,
    changed: row.changed,
    estimatedCostMicros: row.estimatedCostMicros === null ? null : Number(row.estimatedCostMicros),
    costMicros: Number(row.costMicros),
    createdBy: row.createdBy,
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
