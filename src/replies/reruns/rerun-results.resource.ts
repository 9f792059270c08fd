import { z } from 'zod';
import { contactParts, ofConversation, presentContact } from '../../contacts/contact-fields.ts';
import { dateField, integerField, textField, uuidField, wordField } from '../../platform/http/resources/field.ts';
import { id, time } from '../../platform/http/resources/record-parts.ts';
import { defineResource } from '../../platform/http/resources/resource.ts';
import { DIFFERENCES } from './rules.ts';

const STATES = ['waiting', 'done', 'failed'] as const;

const answer = z.object({
  outcome: z.string(),
  intent: z.string(),
  text: z.string(),
  promptName: z.string(),
  promptVersion: z.string(),
  model: z.string(),
  checks: z.array(z.object({ name: z.string(), passed: z.boolean(), note: z.string().optional() })),
  replaced: z.boolean(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int().nullable(),
  latencyMs: z.int(),
});

export const rerunResultRecord = z.object({
  id,
  rerunId: id,
  decisionId: id,
  conversationId: id,
  ...contactParts,
  position: z.int(),
  state: z.enum(STATES),
  question: z.string(),
  before: answer,
  after: answer.nullable(),
  /** Empty while it waits. */
  difference: z.enum([...DIFFERENCES, '']),
  /** Why there is no answer: an error's code. */
  reason: z.string(),
  createdAt: time,
});

export const rerunResults = defineResource({
  name: 'rerun-results',
  model: 'rerunResult',
  include: { conversation: ofConversation },
  summary: 'One turn of a re-run: what was answered then, and what would be answered now.',
  record: rerunResultRecord,
  permissions: { read: 'manage-prompts' },
  defaultSort: ['position', 'ASC'],
  fields: {
    id: uuidField(),
    rerunId: uuidField(),
    decisionId: uuidField(),
    conversationId: uuidField(),
    position: integerField(),
    state: wordField(STATES),
    difference: wordField([...DIFFERENCES, '']),
    reason: textField(),
    createdAt: dateField(),
  },
  search: [['question']],
  present: (row) => ({
    id: row.id,
    rerunId: row.rerunId,
    decisionId: row.decisionId,
    conversationId: row.conversationId,
    ...presentContact(row),
    position: row.position,
    state: row.state as (typeof STATES)[number],
    question: row.question,
    before: row.before as z.infer<typeof answer>,
    after: row.after as z.infer<typeof answer> | null,
    difference: row.difference as (typeof DIFFERENCES)[number] | '',
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
  }),
});
