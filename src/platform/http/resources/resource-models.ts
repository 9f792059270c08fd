import type { Prisma } from '../../database/generated/client.ts';

/** What each panel resource reads besides its own row. Kept small: every include is paid for on each list. */
const ofContact = { select: { name: true, externalId: true } } as const;
const ofUser = { select: { username: true } } as const;
const ofConversation = { select: { channel: true, contactId: true, contact: ofContact } } as const;

export const RESOURCE_INCLUDES = {
  account: undefined,
  apiKey: undefined,
  appLog: undefined,
  auditLog: undefined,
  business: undefined,
  catalogSource: undefined,
  contact: { account: { select: { channel: true } }, conversations: { select: { id: true }, take: 1 } },
  cannedReply: undefined,
  conversation: {
    contact: ofContact,
    assignee: ofUser,
    labels: { select: { label: { select: { name: true } } } },
  },
  decision: { outbound: { select: { id: true }, orderBy: { position: 'asc' } } },
  faq: undefined,
  followUp: { conversation: ofConversation, outbound: { select: { id: true } } },
  inboundDelivery: undefined,
  inboundEvent: { conversation: ofConversation },
  label: undefined,
  loginSession: { user: ofUser },
  message: { conversation: ofConversation, outbound: { select: { user: ofUser } } },
  note: { conversation: ofConversation, user: ofUser },
  order: { conversation: ofConversation },
  outboundMessage: { conversation: ofConversation, user: ofUser },
  postLink: { product: { select: { title: true } } },
  product: undefined,
  promptFile: undefined,
  syncRun: undefined,
  promptVersion: undefined,
  rerun: undefined,
  rerunResult: { conversation: ofConversation },
  savedFilter: undefined,
  ticket: { conversation: ofConversation, assignee: ofUser },
  timer: { conversation: ofConversation },
  user: undefined,
} as const satisfies Record<string, object | undefined>;

export type ResourceModel = keyof typeof RESOURCE_INCLUDES;

type Includes = typeof RESOURCE_INCLUDES;

/** The row that a presenter of each model is given. */
export interface ResourceRows {
  account: Prisma.AccountGetPayload<object>;
  apiKey: Prisma.ApiKeyGetPayload<object>;
  appLog: Prisma.AppLogGetPayload<object>;
  auditLog: Prisma.AuditLogGetPayload<object>;
  business: Prisma.BusinessGetPayload<object>;
  cannedReply: Prisma.CannedReplyGetPayload<object>;
  contact: Prisma.ContactGetPayload<{ include: Includes['contact'] }>;
  conversation: Prisma.ConversationGetPayload<{ include: Includes['conversation'] }>;
  decision: Prisma.DecisionGetPayload<{ include: Includes['decision'] }>;
  faq: Prisma.FaqGetPayload<object>;
  followUp: Prisma.FollowUpGetPayload<{ include: Includes['followUp'] }>;
  inboundDelivery: Prisma.InboundDeliveryGetPayload<object>;
  inboundEvent: Prisma.InboundEventGetPayload<{ include: Includes['inboundEvent'] }>;
  label: Prisma.LabelGetPayload<object>;
  loginSession: Prisma.LoginSessionGetPayload<{ include: Includes['loginSession'] }>;
  message: Prisma.MessageGetPayload<{ include: Includes['message'] }>;
  note: Prisma.NoteGetPayload<{ include: Includes['note'] }>;
  order: Prisma.OrderGetPayload<{ include: Includes['order'] }>;
  outboundMessage: Prisma.OutboundMessageGetPayload<{ include: Includes['outboundMessage'] }>;
  product: Prisma.ProductGetPayload<object>;
  promptFile: Prisma.PromptFileGetPayload<object>;
  syncRun: Prisma.SyncRunGetPayload<object>;
  catalogSource: Prisma.CatalogSourceGetPayload<object>;
  postLink: Prisma.PostLinkGetPayload<{ include: Includes['postLink'] }>;
  promptVersion: Prisma.PromptVersionGetPayload<object>;
  rerun: Prisma.RerunGetPayload<object>;
  rerunResult: Prisma.RerunResultGetPayload<{ include: Includes['rerunResult'] }>;
  savedFilter: Prisma.SavedFilterGetPayload<object>;
  ticket: Prisma.TicketGetPayload<{ include: Includes['ticket'] }>;
  timer: Prisma.TimerGetPayload<{ include: Includes['timer'] }>;
  user: Prisma.UserGetPayload<object>;
}
