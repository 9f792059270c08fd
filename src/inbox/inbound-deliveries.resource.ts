import { z } from 'zod';
import { dateField, integerField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, nullableId, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

const STATES = ['received', 'stored', 'quarantined'] as const;
/** Enough to see what a provider sent; the whole of it stays in the database. */
const MAX_SHOWN = 4000;

export const inboundDeliveryRecord = z.object({
  id,
  channel: z.string(),
  /** Null: it belongs to nobody's shop, and only people of the installation see it. */
  businessId: nullableId,
  /** The account that it is for, where nobody has connected that one; else empty. */
  accountExternalId: z.string(),
  state: z.enum(STATES),
  reason: z.string(),
  /** As it came: what customers wrote. Null for who may see the logs but no messages. */
  body: z.string().nullable(),
  eventCount: z.int(),
  receivedAt: time,
});

export const inboundDeliveries = defineResource({
  name: 'inbound-deliveries',
  model: 'inboundDelivery',
  summary:
    'Webhook requests as they came. Received ones are about to be sorted into conversations; what could not be read is quarantined, with the reason.',
  record: inboundDeliveryRecord,
  permissions: { read: 'view-logs' },
  guarded: { body: 'view-messages' },
  installationReach: 'no-business',
  defaultSort: ['receivedAt', 'DESC'],
  fields: {
    id: uuidField(),
    channel: textField(),
    accountExternalId: textField(),
    state: wordField(STATES),
    reason: textField(),
    eventCount: integerField(),
    receivedAt: dateField(),
  },
  search: [['reason']],
  present: (row) => ({
    id: row.id,
    channel: row.channel,
    businessId: row.businessId,
    accountExternalId: row.accountExternalId,
    state: row.state as (typeof STATES)[number],
    reason: row.reason,
    body: row.body.slice(0, MAX_SHOWN).toWellFormed(),
    eventCount: row.eventCount,
    receivedAt: row.receivedAt.toISOString(),
  }),
});
