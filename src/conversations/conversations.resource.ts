import { z } from 'zod';
import { CHANNEL_NAMES } from '../channels/channel-forms.ts';
import { contactSubject, nameOfContact } from '../contacts/contact-fields.ts';
import {
  booleanField,
  dateField,
  derivedField,
  integerField,
  textField,
  uuidField,
  wordField,
} from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableId, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import type { RowOfSource } from '../platform/http/resources/row-source.ts';
import { conversationWorkflowId } from './gateway.ts';

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
  unread: z.boolean(),
  assigneeId: nullableId,
  assigneeName: z.string().nullable(),
  labels: z.array(z.string()),
  snoozedUntil: nullableTime,
  /** Since when the customer has an unanswered message. */
  waitingSince: nullableTime,
  /** A person must look: a ticket is open (an answer did not arrive, too), or a human is in charge and the customer waits. */
  needsHuman: z.boolean(),
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
  include: {
    contact: nameOfContact,
    assignee: { select: { username: true } },
    labels: { select: { label: { select: { name: true } } } },
  },
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
    channel: wordField(CHANNEL_NAMES),
    status: wordField(STATUSES),
    mode: wordField(MODES),
    modeUntil: dateField({ nullable: true }),
    unreadCount: integerField(),
    unread: derivedField((value) => ({ unreadCount: value ? { gt: 0 } : 0 })),
    assigneeId: uuidField({ nullable: true }),
    assigneeName: textField({ path: ['assignee', 'username'] }),
    labels: textField({ path: ['labels', 'label', 'name'], some: true, sortable: false }),
    snoozedUntil: dateField({ nullable: true }),
    waitingSince: dateField({ nullable: true }),
    needsHuman: booleanField(),
    lastMessageAt: dateField(),
    lastMessageText: textField({ sortable: false }),
    lastUserMessageAt: dateField({ nullable: true }),
    windowExpiresAt: dateField({ nullable: true }),
    followUpDueAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [],
  foldedSearch: [['searchText']],
  subject: ({ contact }) => contactSubject(contact),
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
      unread: row.unreadCount > 0,
      assigneeId: row.assigneeId,
      assigneeName: row.assignee?.username ?? null,
      labels: row.labels.map(({ label }) => label.name).sort(),
      snoozedUntil: isoOrNull(row.snoozedUntil),
      waitingSince: isoOrNull(row.waitingSince),
      needsHuman: row.needsHuman,
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

export type ConversationRow = RowOfSource<typeof conversations>;
