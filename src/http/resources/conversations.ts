import { z } from 'zod';
import { conversationWorkflowId } from '../../temporal/conversation-gateway.ts';
import { dateField, integerField, textField, uuidField, wordField } from './field.ts';
import { CHANNELS, id, isoOrNull, nullableTime, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

const STATUSES = ['open', 'window_closed', 'closed'] as const;
const MODES = ['bot', 'human', 'paused'] as const;

export const conversationRecord = z.object({
  id,
  accountId: id,
  contactId: id,
  contactName: z.string(),
  contactExternalId: z.string(),
  channel: z.string(),
  status: z.enum(STATUSES),
  mode: z.enum(MODES),
  modeUntil: nullableTime,
  unreadCount: z.int(),
  lastMessageAt: time,
  lastMessageText: z.string(),
  lastUserMessageAt: nullableTime,
  windowExpiresAt: nullableTime,
  followUpDueAt: nullableTime,
  workflowId: z.string(),
  workflowUrl: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const conversations = defineResource({
  name: 'conversations',
  model: 'conversation',
  summary: 'One customer at one account. Changed by actions only.',
  record: conversationRecord,
  permissions: { read: 'view-conversations' },
  defaultSort: ['lastMessageAt', 'DESC'],
  fields: {
    id: uuidField(),
    accountId: uuidField(),
    contactId: uuidField(),
    contactName: textField({ path: ['contact', 'name'] }),
    contactExternalId: textField({ path: ['contact', 'externalId'] }),
    channel: wordField(CHANNELS),
    status: wordField(STATUSES),
    mode: wordField(MODES),
    modeUntil: dateField({ nullable: true }),
    unreadCount: integerField(),
    lastMessageAt: dateField(),
    lastMessageText: textField({ sortable: false }),
    lastUserMessageAt: dateField({ nullable: true }),
    windowExpiresAt: dateField({ nullable: true }),
    followUpDueAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['contact', 'externalId'], ['contact', 'name'], ['lastMessageText']],
  present(row, { temporalUiUrl, temporalNamespace }) {
    const workflowId = conversationWorkflowId(row);
    const path = `namespaces/${encodeURIComponent(temporalNamespace)}/workflows/${encodeURIComponent(workflowId)}`;
    return {
      id: row.id,
      accountId: row.accountId,
      contactId: row.contactId,
      contactName: row.contact.name,
      contactExternalId: row.contact.externalId,
      channel: row.channel,
      status: row.status as (typeof STATUSES)[number],
      mode: row.mode as (typeof MODES)[number],
      modeUntil: isoOrNull(row.modeUntil),
      unreadCount: row.unreadCount,
      lastMessageAt: row.lastMessageAt.toISOString(),
      lastMessageText: row.lastMessageText,
      lastUserMessageAt: isoOrNull(row.lastUserMessageAt),
      windowExpiresAt: isoOrNull(row.windowExpiresAt),
      followUpDueAt: isoOrNull(row.followUpDueAt),
      workflowId,
      workflowUrl: `${temporalUiUrl}/${path}`,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  },
});
